package wagi.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.Set;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import wagi.server.Preparation;
import wagi.server.StandardError;

/** The command line. */
public final class Main {
  /** With none of these in it, a command line serves or is wrong. */
  static final Set<String> OTHER_THAN_SERVE =
      Set.of("check", "routes", "call", "inspect", "completion", "-h", "--help");

  private Main() {}

  public static void main(String[] args) {
    Thread.setDefaultUncaughtExceptionHandler(new LostThread());
    System.exit(execute(args));
  }

  /** A server that starts need not wait for the commands that nobody asked for. */
  private static int execute(String... args) {
    if (Arrays.stream(args).anyMatch(OTHER_THAN_SERVE::contains)) {
      return commandLine().execute(args);
    }
    Preparation.begin();
    CommandLine serve = configured(new CommandLine(new ServeCommand()));
    serve.setParameterExceptionHandler((wrong, unused) -> commandLine().execute(args));
    return serve.execute(args);
  }

  static CommandLine commandLine() {
    CommandLine commands = new CommandLine(new ServeCommand());
    commands.addSubcommand(new CheckCommand());
    commands.addSubcommand(new RoutesCommand());
    commands.addSubcommand(new CallCommand());
    commands.addSubcommand(new InspectCommand());
    commands.addSubcommand("completion", new AutoComplete.GenerateCompletion());
    return configured(commands);
  }

  private static CommandLine configured(CommandLine commands) {
    commands.setCommandName("wagi-server");
    commands.setExecutionExceptionHandler(failures());
    commands.setParameterExceptionHandler(wrongUsage(commands.getParameterExceptionHandler()));
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
        known.lines().forEach(line -> err.println(StandardError.error(line)));
        return known.exitCode();
      }
      StringWriter trace = new StringWriter();
      failure.printStackTrace(new PrintWriter(trace, true));
      err.println(
          StandardError.error("wagi-server: unexpected failure, please report it:\n" + trace));
      return ExitCode.UNEXPECTED;
    };
  }

  private static IParameterExceptionHandler wrongUsage(IParameterExceptionHandler usual) {
    return (wrong, args) -> {
      CommandLine command = wrong.getCommandLine();
      PrintWriter err = command.getErr();
      StringWriter said = new StringWriter();
      command.setErr(new PrintWriter(said, true));
      int exitCode = usual.handleParseException(wrong, args);
      command.setErr(err);
      err.println(StandardError.error(said.toString().stripTrailing()));
      err.flush();
      return exitCode;
    };
  }
}
