package wagi.cli;

import java.util.ArrayList;
import java.util.List;
import wagi.config.ConfigException;
import wagi.config.Problem;

/** Ends a command: what to print, and the exit code. */
final class CommandFailure extends Exception {
  private static final long serialVersionUID = 1L;
  private final transient List<String> lines;
  private final int exitCode;

  CommandFailure(int exitCode, List<String> lines) {
    super(String.join("\n", lines));
    this.exitCode = exitCode;
    this.lines = lines;
  }

  static CommandFailure usage(String sentence) {
    return new CommandFailure(ExitCode.USAGE, List.of("wagi-server: " + sentence));
  }

  static CommandFailure of(ConfigException e) {
    if (e.problems().stream().allMatch(CommandFailure::isOfAFlag)) {
      return new CommandFailure(
          ExitCode.USAGE, e.problems().stream().map(problem -> "wagi-server: " + problem).toList());
    }
    List<String> lines = new ArrayList<>();
    for (Problem problem : e.problems()) {
      lines.add(problem.toString());
    }
    int count = e.problems().size();
    lines.add("wagi-server: " + count + (count == 1 ? " problem" : " problems"));
    return new CommandFailure(ExitCode.CONFIGURATION, lines);
  }

  private static boolean isOfAFlag(Problem problem) {
    return problem.at().file().startsWith("--") && problem.at().line() == 0;
  }

  List<String> lines() {
    return lines;
  }

  int exitCode() {
    return exitCode;
  }
}
