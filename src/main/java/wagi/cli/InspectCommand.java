package wagi.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import wagi.engine.ModuleReport;
import wagi.server.Inspection;

/** Says what a module is, whether it would run here, and if not, why and what to do. */
@Command(
    name = "inspect",
    description = {
      "Shows what a module is made of, needs and offers, and whether it would run here.",
      "",
      "Exit code 3 if it would not."
    },
    mixinStandardHelpOptions = true)
final class InspectCommand implements Callable<Integer> {
  @Parameters(paramLabel = "MODULE", description = "A module's file, binary or text.")
  private Path file = Path.of("");

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws CommandFailure {
    Console console = Console.of(spec);
    ModuleReport report = inspected();
    console.out().print(json ? ReportJson.of(file.toString(), report) + "\n" : text(report));
    console.out().flush();
    return report.refusal() == null ? ExitCode.DONE : ExitCode.CONFIGURATION;
  }

  private String text(ModuleReport report) {
    return new ReportText(file.toString(), report).toString();
  }

  private ModuleReport inspected() throws CommandFailure {
    if (!Files.isRegularFile(file)) {
      throw CommandFailure.usage(file + " is not a file; usage: inspect MODULE");
    }
    try {
      return Inspection.of(file);
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.CONFIGURATION, List.of("wagi-server: " + e.getMessage()));
    }
  }
}
