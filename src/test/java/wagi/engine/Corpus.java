package wagi.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/** All guests there are, and what each answers. */
final class Corpus {
  private static final Duration TIMEOUT = Duration.ofMillis(700);

  private static final List<String> ENTRYPOINTS =
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
        module =
            guests
                .engine()
                .load(
                    name,
                    Guests.bytes(name),
                    Guests.timeout(TIMEOUT),
                    Instances.valueOf(instances));
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

  /** How far a guest gets before its deadline is chance; only that it ended so is told. */
  private static String answer(Guests guests, GuestModule module, String entrypoint) {
    Guests.Said said = guests.run(module, Guests.invocation(entrypoint, "some=body"));
    String outcome = entrypoint + ": " + said.outcome();
    return said.outcome() instanceof Outcome.DeadlinePassed
        ? outcome
        : outcome + "\n" + said.stdout() + "\n" + said.stderr();
  }
}
