package wagi.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads every file the command line names; tells all that is wrong at once. */
public final class ConfigReader {
  private static final List<String> FRAGMENT_ONLY = List.of("order", "source", "generation");

  private final ConfigSources sources;
  private final Inputs inputs;
  private final Problems problems;
  private final List<ListenAddress> flags;
  private final SiteReader reader;
  private final List<RejectedFile> rejected = new ArrayList<>();
  private final List<Problem> fragmentWarnings = new ArrayList<>();

  private ConfigReader(ConfigSources sources, Inputs inputs) {
    this.sources = sources;
    this.inputs = inputs;
    this.problems = new Problems(sources.strict(), inputs.server());
    this.flags = flags(sources.listen());
    this.reader = new SiteReader(sources, problems);
  }

  /**
   * Reads everything. What is wrong with a file of {@code --conf-dir} concerns that file alone,
   * unless more is wrong.
   */
  public static Configuration read(ConfigSources sources, Inputs inputs) throws ConfigException {
    return new ConfigReader(sources, inputs).read();
  }

  /** Reads everything, or says everything that is wrong. */
  public static Configuration read(ConfigSources sources) throws ConfigException {
    return read(sources, new Inputs()).withoutRejected();
  }

  /** Reads the files of {@code --conf-dir} anew; the rest is as it was. */
  public static Configuration fragments(ConfigSources sources, Configuration as, Inputs inputs)
      throws ConfigException {
    return new ConfigReader(sources, inputs).fragmentsBeside(as);
  }

  private Configuration read() throws ConfigException {
    List<ServerWide.Source> wide = new ArrayList<>();
    Node.Table settings =
        reader.table(reader.document(sources.settings()), "tables such as [server]");
    if (settings != null && sources.settings() != null) {
      Fields root = new Fields(Section.ROOT, settings, problems);
      reader.refuse(root, FRAGMENT_ONLY, "belongs in a file of --conf-dir");
      reader.refuse(
          root, List.of("module"), "modules belong in the --config file, not in --settings");
      reader.refuse(
          root, List.of("default_host"), "belongs in the --config file; or give --listen");
      wide.add(new ServerWide.Source(root, directory(sources.settings())));
    }
    Document document = reader.document(sources.config());
    Node.Table table = reader.table(document, "a configuration");
    Fields root = null;
    if (document != null && table != null && SiteReader.isNative(document, table)) {
      root = new Fields(Section.ROOT, table, problems);
      warnOfFragmentKeys(root);
      wide.add(new ServerWide.Source(root, document.directory()));
    }
    ServerWide serverWide = ServerWide.read(wide, sources.workingDirectory(), problems);
    ListenPlaces places = new ListenPlaces(flags, serverWide.server().listeners());
    List<Site> sites = new ArrayList<>();
    if (document != null && root != null) {
      Address address = address(root, serverWide.server(), places);
      if (address.serverName() != null) {
        serverWide = serverWide.withName(address.serverName());
      }
      sites.add(reader.main(document, places.ofMain(address.listen()), root, serverWide.limits()));
    } else if (document != null && table != null) {
      sites.add(reader.foreignMain(document, table, serverWide.limits(), places));
    }
    sites.addAll(fragments(serverWide.limits(), places));
    return configuration(serverWide, sites);
  }

  private Configuration fragmentsBeside(Configuration as) throws ConfigException {
    List<Site> sites = new ArrayList<>();
    Site main = as.main();
    if (main != null) {
      sites.add(main);
    }
    sites.addAll(fragments(as.limits(), new ListenPlaces(flags, as.server().listeners())));
    ServerWide wide = new ServerWide(as.server(), as.log(), as.limits());
    return configuration(wide, sites);
  }

  private Configuration configuration(ServerWide wide, List<Site> sites) throws ConfigException {
    RouteConflicts conflicts = new RouteConflicts(problems);
    sites.forEach(site -> conflicts.within(site.modules()));
    conflicts.between(sites);
    if (problems.any()) {
      rejected.forEach(file -> file.problems().forEach(p -> problems.error(p.at(), p.message())));
    }
    fragmentWarnings.forEach(w -> problems.warn(w.at(), w.message()));
    problems.throwIfAny();
    return new Configuration(
        wide.server(), wide.log(), wide.limits(), sites, rejected, problems.warnings());
  }

  /** Where to listen, if anything says so, and the server's name if that was one. */
  private record Address(@Nullable ListenAddress listen, @Nullable String serverName) {}

  /** {@code default_host} was Krustlet's address and WAGI's host name. */
  private Address address(Fields root, ServerSettings server, ListenPlaces places) {
    String text = root.plainText("default_host");
    if (text == null) {
      return new Address(null, null);
    }
    ListenAddress address = ListenAddress.parse(text);
    if (address != null && address.isLocal()) {
      return new Address(address, null);
    }
    String host = ServerReader.hostOf(text);
    if (host == null) {
      root.error(
          "default_host", ListenAddress.EXPECTED + " or a host name, found " + Quote.of(text));
      return new Address(null, null);
    }
    boolean named = server.name() != null;
    root.warn(
        "default_host",
        Quote.of(host)
            + " is no address of this machine: it "
            + (named ? "is ignored beside server.name" : "counts as server.name")
            + ", and we listen on "
            + places.standard().getFirst());
    return new Address(null, named ? null : host);
  }

  private List<Site> fragments(Limits limits, ListenPlaces places) {
    List<Site> sites = new ArrayList<>();
    Path confDir = sources.confDir();
    if (confDir == null) {
      return sites;
    }
    Path listed = sources.resolve(confDir);
    inputs.fragments().add(listed);
    for (Path file : Fragments.list(listed, confDir.toString(), problems)) {
      Path named = confDir.resolve(listed.relativize(file));
      Problems own = new Problems(sources.strict(), inputs.fragments());
      Site site = new SiteReader(sources, own).fragment(named, limits, places);
      if (own.any()) {
        rejected.add(new RejectedFile(named.toString(), own.errors()));
      } else if (site != null) {
        sites.add(site);
      }
      fragmentWarnings.addAll(own.warnings());
    }
    sites.sort(Comparator.comparing(Site::order).thenComparing(Site::file));
    return sites;
  }

  private void warnOfFragmentKeys(Fields root) {
    for (String key : FRAGMENT_ONLY) {
      if (root.has(key)) {
        problems.warn(root.keyAt(key), key + ": ignored; it counts in a file of --conf-dir only");
      }
    }
  }

  private List<ListenAddress> flags(List<String> texts) {
    Set<ListenAddress> addresses = new LinkedHashSet<>();
    for (String text : texts) {
      ListenAddress address = ListenAddress.parse(text);
      if (address == null) {
        problems.error(
            Position.of("--listen"), ListenAddress.EXPECTED + ", found " + Quote.of(text));
      } else {
        addresses.add(address);
      }
    }
    return List.copyOf(addresses);
  }

  private Path directory(Path path) {
    Path parent = sources.resolve(path).getParent();
    return parent == null ? sources.workingDirectory() : parent;
  }
}
