package wagi.cli;

import java.io.PrintWriter;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import wagi.config.Configuration;
import wagi.config.Problem;
import wagi.server.LoadListener;
import wagi.server.WagiServer;

/** Talks to the person who started the command. */
final class Console {
  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean terminal;

  private Console(PrintWriter out, PrintWriter err, boolean terminal) {
    this.out = out;
    this.err = err;
    this.terminal = terminal;
  }

  @SuppressWarnings("SystemConsoleNull") // NullAway wants the check that Error Prone calls vain
  static Console of(@Nullable CommandSpec spec) {
    if (spec == null) {
      throw new IllegalStateException("picocli sets the spec before it calls a command");
    }
    java.io.Console console = System.console();
    boolean terminal = console != null && console.isTerminal();
    return new Console(spec.commandLine().getOut(), spec.commandLine().getErr(), terminal);
  }

  PrintWriter out() {
    return out;
  }

  PrintWriter err() {
    return err;
  }

  void say(String sentence) {
    err.println("wagi-server: " + sentence);
    err.flush();
  }

  void traced(String call) {
    err.println(call);
    err.flush();
  }

  void warnings(Configuration configuration) {
    for (Problem warning : configuration.warnings()) {
      err.println("warning: " + warning);
    }
    err.flush();
  }

  /** Returns a listener that shows each loaded module, where somebody watches. */
  LoadListener progress() {
    if (!terminal) {
      return (module, bytes, took, done, total) -> {};
    }
    return (module, bytes, took, done, total) -> {
      String line =
          String.format(
              Locale.ROOT, "[%d/%d] %s %s, %s", done, total, module, size(bytes), time(took));
      synchronized (err) {
        err.println(line);
        err.flush();
      }
    };
  }

  /** The one line on standard output: others wait for it, so it tells the truth. */
  void ready(WagiServer server, List<InetSocketAddress> addresses) {
    int modules = server.assembly().moduleCount();
    String urls =
        String.join(
            " ", addresses.stream().map(address -> url(server.scheme(address), address)).toList());
    out.println(
        "wagi-server "
            + VersionProvider.number()
            + " ready on "
            + urls
            + ", "
            + modules
            + (modules == 1 ? " module" : " modules"));
    out.flush();
  }

  private static String url(String scheme, InetSocketAddress address) {
    String host = address.getAddress().getHostAddress();
    boolean six = address.getAddress() instanceof Inet6Address;
    return scheme + "://" + (six ? "[" + host + "]" : host) + ":" + address.getPort();
  }

  static String size(long bytes) {
    return bytes < 10_240 ? bytes + " B" : bytes / 1024 + " KiB";
  }

  static String time(Duration took) {
    return took.toMillis() + " ms";
  }
}
