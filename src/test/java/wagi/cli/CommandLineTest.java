package wagi.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** What every command says of itself, and what it refuses. */
final class CommandLineTest {
  @TestFactory
  Stream<DynamicTest> helpNamesEveryFlag() {
    CommandLine root = Main.commandLine();
    Stream<CommandLine> commands =
        Stream.concat(Stream.of(root), root.getSubcommands().values().stream());
    return commands.map(
        command -> dynamicTest(command.getCommandName(), () -> helpNamesFlagsOf(command)));
  }

  private static void helpNamesFlagsOf(CommandLine command) {
    String help = command.getUsageMessage();
    for (OptionSpec option : command.getCommandSpec().options()) {
      if (!option.hidden()) {
        Arrays.stream(option.names())
            .forEach(name -> assertTrue(help.contains(name), () -> name + " is not in: " + help));
      }
    }
  }

  @Test
  void helpIsExitCode0AndListsCommandsAndExitCodes() {
    CommandRun run = CommandRun.of("--help");

    assertEquals(0, run.exitCode());
    for (String word : new String[] {"check", "routes", "call", "completion", "128+n"}) {
      assertTrue(run.out().contains("\n  " + word + " "), run.out());
    }
  }

  @Test
  void everyCommandIsKnownBeforeItIsBuilt() {
    Set<String> commands = Main.commandLine().getSubcommands().keySet();

    assertTrue(Main.OTHER_THAN_SERVE.containsAll(commands), commands::toString);
  }

  @Test
  void versionNamesTheServerAndItsJava() {
    CommandRun run = CommandRun.of("--version");

    assertEquals(0, run.exitCode());
    assertTrue(run.out().matches("wagi-server \\S+\nJava \\S+\n"), run.out());
  }

  @Test
  void completionIsAScriptThatKnowsTheFlags() {
    CommandRun run = CommandRun.of("completion");

    assertEquals(0, run.exitCode());
    assertTrue(run.out().startsWith("#!/usr/bin/env bash"), run.out());
    assertTrue(run.out().contains("--modules-dir") && run.out().contains("zsh"), run.out());
  }

  @Test
  void unknownCommandIsExitCode2() {
    CommandRun run = CommandRun.of("serv");

    assertEquals(2, run.exitCode());
    assertTrue(run.err().startsWith("Unmatched argument at index 0: 'serv'"), run.err());
  }

  @Test
  void callWithoutAPathIsExitCode2() {
    CommandRun run = CommandRun.of("call");

    assertEquals(2, run.exitCode());
    assertTrue(run.err().startsWith("Missing required parameter: '[FILE] [PATH]'"), run.err());
  }
}
