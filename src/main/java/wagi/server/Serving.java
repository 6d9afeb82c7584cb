package wagi.server;

import java.net.BindException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import wagi.config.ConfigException;
import wagi.config.Configuration;
import wagi.config.Inputs;
import wagi.config.ListenAddress;
import wagi.config.Position;
import wagi.config.Problem;
import wagi.message.Handler;

/** What is served, and how something newer takes its place; one thread at a time replaces it. */
final class Serving {
  /** What was read, and what was built of it. */
  private record Now(Configuration configuration, Assembly assembly) {}

  private final Assembler assembler;
  private final Gateways gateways;
  private final StartOnly startOnly;
  private volatile Now now;
  private volatile @Nullable Listeners listeners;

  /** Nothing is served yet. */
  Serving(Configuration started, Assembler assembler, Gateways gateways) {
    this.assembler = assembler;
    this.gateways = gateways;
    startOnly = new StartOnly(started);
    now = new Now(started, Assembly.NOTHING);
  }

  Configuration configuration() {
    return now.configuration();
  }

  Assembly assembly() {
    return now.assembly();
  }

  Map<ListenAddress, Handler> handlers() {
    Now served = now;
    return gateways.of(served.configuration(), served.assembly());
  }

  /**
   * Loads everything.
   *
   * @param problems is added what is wrong with files of {@code --conf-dir}, which are not served
   * @throws ConfigException with all problems, where one concerns the {@code --config} file
   */
  void load(List<Problem> problems) throws ConfigException {
    Configuration configuration = now.configuration();
    Assembly before = now.assembly();
    Assembly.SiteModules main;
    try {
      main = assembler.main(configuration, before);
    } catch (ConfigException e) {
      problems.addAll(e.problems());
      Assembly unused = assembler.beside(null, configuration, before, problems);
      throw new ConfigException(problems);
    }
    now = new Now(configuration, assembler.beside(main, configuration, before, problems));
  }

  /**
   * Serves on every address that can be had.
   *
   * @return the others, as problems
   * @throws BindException when none can
   */
  List<Problem> listen(Listeners opened) throws BindException {
    listeners = opened;
    Map<ListenAddress, String> failures = opened.open(assembly().addresses());
    if (opened.bound().isEmpty() && !failures.isEmpty()) {
      throw new BindException(failures.values().iterator().next());
    }
    opened.serve(handlers());
    List<Problem> problems = new ArrayList<>(assembly().problems(failures));
    problems.addAll(opened.redirect());
    return problems;
  }

  /**
   * Reads the configuration anew, builds all of it beside what serves, and lets it serve once it
   * can. What is not right stays as it was; requests under way end where they began.
   *
   * @param all false when only the files of {@code --conf-dir} are looked at
   */
  Reload replace(ConfigurationSource source, Inputs inputs, boolean all) {
    Now was = now;
    List<Problem> found = new ArrayList<>();
    boolean listening = true;
    try {
      listening = serve(next(source, inputs, all, found), was, found);
    } catch (ConfigException e) {
      e.problems().stream().filter(problem -> !found.contains(problem)).forEach(found::add);
    }
    boolean changed =
        !now.assembly().equals(was.assembly())
            || !now.configuration().server().equals(was.configuration().server());
    return new Reload(changed, found, listening);
  }

  private Now next(ConfigurationSource source, Inputs inputs, boolean all, List<Problem> found)
      throws ConfigException {
    Now was = now;
    if (all) {
      try {
        Configuration read = source.read(inputs);
        Assembly.SiteModules main = assembler.main(read, was.assembly());
        openFor(main, was.assembly());
        startOnly.warn(read);
        return new Now(read, assembler.beside(main, read, was.assembly(), found));
      } catch (ConfigException e) {
        found.addAll(e.problems());
      }
    }
    Configuration read = source.fragments(was.configuration(), inputs);
    Assembly.SiteModules main = was.assembly().main();
    return new Now(read, assembler.beside(main, read, was.assembly(), found));
  }

  /** The {@code --config} file's new address is to be had, or the file is not taken over. */
  private void openFor(Assembly.@Nullable SiteModules main, Assembly before)
      throws ConfigException {
    Listeners opened = listeners;
    if (main == null || opened == null) {
      return;
    }
    Set<ListenAddress> wanted = before.addresses();
    Set<ListenAddress> added = new LinkedHashSet<>(main.site().addresses());
    added.removeAll(wanted);
    wanted.addAll(added);
    Map<ListenAddress, String> failures = opened.open(wanted);
    failures.keySet().retainAll(added);
    if (!failures.isEmpty()) {
      String failure = failures.values().iterator().next();
      throw new ConfigException(List.of(new Problem(Position.of(main.site().file()), failure)));
    }
  }

  private boolean serve(Now next, Now was, List<Problem> found) {
    Listeners opened = listeners;
    if (opened == null) {
      now = next;
      return true;
    }
    Map<ListenAddress, String> failures = opened.open(next.assembly().addresses());
    found.addAll(next.assembly().problems(failures));
    Assembly served = next.assembly().with(failures.keySet(), was.assembly());
    now = new Now(next.configuration(), served);
    opened.serve(handlers());
    return failures.isEmpty();
  }
}
