package wagi.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import wagi.config.Configuration;
import wagi.server.ServerOptions;
import wagi.server.WagiServer;

/** Loads, listens and serves until told to stop. */
@Command(
    name = "wagi-server",
    description = "Serves WAGI modules: CGI for WebAssembly.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:unexpected failure",
      "2:wrong usage",
      "3:configuration or module invalid",
      "4:cannot listen",
      "5:no fitting JVM",
      "128+n:ended by signal n"
    })
final class ServeCommand implements Callable<Integer> {
  @Mixin private ConfigOptions options = new ConfigOptions();

  @Option(names = "--dev", description = "Explain failures to the client; for one's own machine.")
  private boolean dev;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws CommandFailure, InterruptedException {
    Console console = Console.of(spec);
    Configuration configuration = options.read();
    console.warnings(configuration);
    if (options.demo()) {
      console.say(
          "no --config and no modules.toml here: serving a built-in demo"
              + " (/hello, /environment, /echo, /error)");
    }
    // not System.out, which would hide that nobody reads any more
    OutputStream accessLog = new FileOutputStream(FileDescriptor.out);
    ServerOptions serverOptions = new ServerOptions(dev, console.progress(), accessLog, null);
    WagiServer server = CheckCommand.load(configuration, serverOptions);
    List<InetSocketAddress> addresses = listen(server);
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, console), "stop"));
    console.ready(server, addresses);
    stopped.await();
    return ExitCode.DONE;
  }

  private static List<InetSocketAddress> listen(WagiServer server) throws CommandFailure {
    try {
      return server.listen();
    } catch (IOException e) {
      server.close();
      throw new CommandFailure(ExitCode.CANNOT_LISTEN, List.of("wagi-server: " + e.getMessage()));
    }
  }

  /** Runs when the process is asked to end. What was accepted is answered first. */
  private static void stop(WagiServer server, Console console) {
    console.say("stopping: no new requests, those under way may finish");
    boolean drained = server.drain();
    server.close();
    console.say(drained ? "stopped" : "stopped; some requests were broken off");
    Runtime.getRuntime().halt(ExitCode.DONE);
  }
}
