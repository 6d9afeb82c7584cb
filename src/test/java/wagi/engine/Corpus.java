package wagi.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** All guests there are, and what each answers. */
final class Corpus {
  /** How far these get before their deadline is chance; only that they were stopped is told. */
  private static final Set<String> ENDLESS =
      Set.of("countdown", "endless-stream", "fill", "loop", "sleep-forever");

  private static final Limits IMPATIENT = Guests.timeout(Duration.ofMillis(300));

  static final List<String> ENTRYPOINTS =
      List.of("_start", "_routes", "handle", "ep1", "ep2", "return", "exit", "trap", "scan");

  private Corpus() {}

  static List<String> names() throws IOException {
    TreeSet<String> names = new TreeSet<>();
    for (String directory : List.of("src/test/guests", "samples")) {
      try (Stream<Path> files = Files.list(Path.of(directory))) {
        files
            .map(file -> file.getFileName().toString())
            .filter(name -> name.endsWith(".wasm"))
            .forEach(name -> names.add(name.substring(0, name.length() - ".wasm".length())));
      }
    }
    return List.copyOf(names);
  }

  /** Returns everything that a guest answers on instances of this kind, twice. */
  static String answers(String name, String instances) throws ModuleRefusedException {
    List<String> answers = new ArrayList<>();
    try (Guests guests = new Guests(1, 2)) {
      GuestModule module;
      try {
        Limits limits = ENDLESS.contains(name) ? IMPATIENT : Guests.LIMITS;
        Instances kind = Instances.valueOf(instances);
        module = guests.engine().load(name, Guests.bytes(name), limits, kind);
      } catch (ModuleRefusedException e) {
        return "refused: " + e.getMessage();
      }
      for (String entrypoint : ENTRYPOINTS) {
        if (module.entrypointProblem(entrypoint) == null) {
          answers.add(answer(guests, module, entrypoint));
          answers.add(answer(guests, module, entrypoint));
        }
      }
    }
    return String.join("\n", answers);
  }

  private static String answer(Guests guests, GuestModule module, String entrypoint) {
    Guests.Said said = guests.run(module, Guests.invocation(entrypoint, "some=body"));
    return ENDLESS.contains(module.name())
        ? entrypoint + " was stopped: " + stopped(said.outcome())
        : entrypoint + ": " + said.outcome() + "\n" + said.stdout() + "\n" + said.stderr();
  }

  private static boolean stopped(Outcome outcome) {
    return outcome instanceof Outcome.DeadlinePassed || outcome instanceof Outcome.NeverStarted;
  }
}
