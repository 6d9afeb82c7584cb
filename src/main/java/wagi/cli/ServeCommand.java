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
import wagi.config.ConfigException;
import wagi.config.Configuration;
import wagi.config.Inputs;
import wagi.server.Reloader;
import wagi.server.ServerOptions;
import wagi.server.WagiServer;
import wagi.systemd.Notifier;

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
  /** The process that whoever started us knows; the launcher sets it. */
  private static final long LAUNCHER = Long.getLong("wagi.launcher", ProcessHandle.current().pid());

  @Mixin private ConfigOptions options = new ConfigOptions();

  @Option(names = "--dev", description = "Explain failures to the client; for one's own machine.")
  private boolean dev;

  @Option(
      names = "--watch",
      description = "Reload when a file of the configuration, a module or an environment changes.")
  private boolean watch;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws CommandFailure, InterruptedException {
    Console console = Console.of(spec);
    Inputs inputs = new Inputs();
    Configuration configuration = read(inputs);
    console.warnings(configuration.warnings());
    if (options.demo()) {
      console.say(
          "no --config and no modules.toml here: serving a built-in demo"
              + " (/hello, /environment, /echo, /error)");
    }
    // not System.out, which would hide that nobody reads any more
    OutputStream accessLog = new FileOutputStream(FileDescriptor.out);
    ServerOptions serverOptions =
        new ServerOptions(dev, console.progress(), accessLog, null, options.codeCache(console));
    WagiServer server = load(configuration, serverOptions);
    console.warnings(server.assembly().warnings());
    Reloader reloader = new Reloader(server, options, inputs, watching());
    Stop stop = new Stop(server, reloader, console);
    // Before anybody is told that it is ready: from then on somebody may ask for a reload.
    if (!Signals.handle("HUP", () -> hangUp(console, reloader, stop))) {
      console.say("SIGHUP is ignored, as nohup has it, and does not reload; --watch does");
    }
    Notifier systemd = Notifier.of(System.getenv(), LAUNCHER);
    server.addListener(systemd);
    List<InetSocketAddress> addresses = listen(server);
    systemd.watch(server::problem);
    server.problems().forEach(problem -> console.complain("not served: " + problem));
    stop.install();
    reloader.start();
    console.ready(server, addresses);
    new CountDownLatch(1).await();
    return ExitCode.DONE;
  }

  private Configuration read(Inputs inputs) throws CommandFailure {
    options.check();
    try {
      return options.read(inputs);
    } catch (ConfigException e) {
      throw CommandFailure.of(e);
    }
  }

  private static WagiServer load(Configuration configuration, ServerOptions options)
      throws CommandFailure {
    try {
      return WagiServer.load(configuration, options);
    } catch (ConfigException e) {
      throw CommandFailure.of(e);
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.CONFIGURATION, List.of("wagi-server: " + e.getMessage()));
    }
  }

  private Reloader.Watching watching() {
    return watch ? Reloader.Watching.ALL : Reloader.Watching.FRAGMENTS;
  }

  /** An operator's wish to reload; or the terminal is gone, and with it whoever could stop us. */
  private static void hangUp(Console console, Reloader reloader, Stop stop) {
    if (console.terminalIsGone()) {
      stop.ask(128 + 1);
    } else {
      reloader.request();
    }
  }

  private static List<InetSocketAddress> listen(WagiServer server) throws CommandFailure {
    try {
      return server.listen();
    } catch (IOException e) {
      server.close();
      throw new CommandFailure(ExitCode.CANNOT_LISTEN, List.of("wagi-server: " + e.getMessage()));
    }
  }
}
