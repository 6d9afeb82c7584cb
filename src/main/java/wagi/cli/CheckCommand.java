package wagi.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import wagi.config.ConfigException;
import wagi.config.Configuration;
import wagi.config.Problem;
import wagi.server.ServerOptions;
import wagi.server.WagiServer;

/** Loads everything as {@code serve} would, and says what is wrong with it. */
@Command(
    name = "check",
    description = "Checks configuration and modules as serving would, without listening.",
    mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
  @Mixin private ConfigOptions options = new ConfigOptions();
  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws CommandFailure {
    Console console = Console.of(spec);
    Configuration configuration = options.read();
    console.warnings(configuration.warnings());
    try (WagiServer server = load(configuration, options, console)) {
      List<Problem> unreachable = server.assembly().warnings();
      console.warnings(unreachable);
      int modules = server.assembly().moduleCount();
      int warnings = configuration.warnings().size() + unreachable.size();
      console
          .out()
          .println("ok: " + counted(modules, "module") + ", " + counted(warnings, "warning"));
      console.out().flush();
      return ExitCode.DONE;
    }
  }

  private static String counted(int count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }

  /** Loads what the options say for a command that serves nobody. */
  static WagiServer load(Configuration configuration, ConfigOptions options, Console console)
      throws CommandFailure {
    ServerOptions nobody =
        new ServerOptions(
            false,
            console.progress(),
            OutputStream.nullOutputStream(),
            null,
            options.codeCache(console));
    return load(configuration.withoutAccessLog(), nobody);
  }

  static WagiServer load(Configuration configuration, ServerOptions options) throws CommandFailure {
    try {
      WagiServer server = WagiServer.load(configuration, options);
      if (server.problems().isEmpty()) {
        return server;
      }
      server.close();
      throw CommandFailure.of(new ConfigException(server.problems()));
    } catch (ConfigException e) {
      throw CommandFailure.of(e);
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.CONFIGURATION, List.of("wagi-server: " + e.getMessage()));
    }
  }
}
