package wagi.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import wagi.config.Configuration;
import wagi.server.Assembly;
import wagi.server.WagiServer;

/** Shows the routing table as it would be served, the routes that modules print included. */
@Command(
    name = "routes",
    description = "Shows which path leads to which module, in match order.",
    mixinStandardHelpOptions = true)
final class RoutesCommand implements Callable<Integer> {
  private static final List<String> HEADINGS =
      List.of("ADDRESS", "ROUTE", "HOSTS", "METHODS", "MODULE", "ENTRYPOINT", "FILE");

  @Mixin private ConfigOptions options = new ConfigOptions();
  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws CommandFailure {
    Console console = Console.of(spec);
    Configuration configuration = options.read();
    console.warnings(configuration.warnings());
    try (WagiServer server = CheckCommand.load(configuration, options, console)) {
      console.warnings(server.assembly().warnings());
      print(rows(server.assembly()), console);
    }
    return ExitCode.DONE;
  }

  private static List<List<String>> rows(Assembly assembly) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEADINGS);
    for (Assembly.RouteLine line : assembly.routeLines()) {
      rows.add(
          List.of(
              line.address(),
              line.route(),
              anyOr(line.hosts()),
              anyOr(line.methods()),
              line.module(),
              line.entrypoint(),
              line.file()));
    }
    return rows;
  }

  private static String anyOr(List<String> values) {
    return values.isEmpty() ? "*" : String.join(",", values);
  }

  private static void print(List<List<String>> rows, Console console) {
    int[] widths = new int[HEADINGS.size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        line.append(row.get(i)).repeat(' ', widths[i] - row.get(i).length() + 2);
      }
      console.out().println(line.toString().stripTrailing());
    }
    console.out().flush();
  }
}
