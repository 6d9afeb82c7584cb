package wagi.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;

/** One command run in this process: what it printed, and its exit code. */
record CommandRun(String out, String err, int exitCode) {
  static CommandRun of(List<String> arguments, String input) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    InputStream inBefore = System.in;
    PrintStream outBefore = System.out;
    PrintStream errBefore = System.err;
    System.setIn(new ByteArrayInputStream(input.getBytes(UTF_8)));
    System.setOut(new PrintStream(out, true, UTF_8));
    System.setErr(new PrintStream(err, true, UTF_8));
    try {
      CommandLine commands = Main.commandLine();
      commands.setOut(new PrintWriter(System.out, true, UTF_8));
      commands.setErr(new PrintWriter(System.err, true, UTF_8));
      int exitCode = commands.execute(arguments.toArray(String[]::new));
      commands.getOut().flush();
      commands.getErr().flush();
      return new CommandRun(out.toString(UTF_8), err.toString(UTF_8), exitCode);
    } finally {
      System.setIn(inBefore);
      System.setOut(outBefore);
      System.setErr(errBefore);
    }
  }

  static CommandRun of(String... arguments) {
    return of(List.of(arguments), "");
  }
}
