package wagi.cli;

import java.io.PrintWriter;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;

/** The command line. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    CommandLine commands = new CommandLine(new ServeCommand());
    commands.addSubcommand(new CheckCommand());
    commands.addSubcommand(new RoutesCommand());
    commands.addSubcommand(new CallCommand());
    commands.addSubcommand(new InspectCommand());
    commands.addSubcommand("completion", new AutoComplete.GenerateCompletion());
    commands.setCommandName("wagi-server");
    commands.setExecutionExceptionHandler(failures());
    commands.setCaseInsensitiveEnumValuesAllowed(true);
    // call -d @file means the file's bytes, not more arguments
    commands.setExpandAtFiles(false);
    commands.setUsageHelpAutoWidth(true);
    return commands;
  }

  /** The one place where failures become sentences and exit codes. */
  private static IExecutionExceptionHandler failures() {
    return (failure, command, parsed) -> {
      PrintWriter err = command.getErr();
      if (failure instanceof CommandFailure known) {
        known.lines().forEach(err::println);
        return known.exitCode();
      }
      err.println("wagi-server: unexpected failure, please report it:");
      failure.printStackTrace(err);
      return ExitCode.UNEXPECTED;
    };
  }
}
