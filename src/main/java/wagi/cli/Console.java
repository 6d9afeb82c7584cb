package wagi.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import wagi.config.Problem;
import wagi.message.AddressText;
import wagi.server.LoadListener;
import wagi.server.StandardError;
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

  /** Whether a person started this from a terminal that was closed since. */
  boolean terminalIsGone() {
    if (!terminal) {
      return false;
    }
    try {
      Files.newInputStream(Path.of("/dev/tty")).close();
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  void say(String sentence) {
    err.println("wagi-server: " + sentence);
    err.flush();
  }

  void complain(String sentence) {
    err.println(StandardError.error("wagi-server: " + sentence));
    err.flush();
  }

  void traced(String call) {
    err.println(call);
    err.flush();
  }

  void warnings(List<Problem> warnings) {
    for (Problem warning : warnings) {
      err.println(StandardError.warning("warning: " + warning));
    }
    err.flush();
  }

  /** Returns a listener that shows each loaded module, where somebody watches. */
  LoadListener progress() {
    if (!terminal) {
      return (module, done, total) -> {};
    }
    return (module, done, total) -> {
      String line =
          String.format(
              Locale.ROOT,
              "[%d/%d] %s %s, %s in %s",
              done,
              total,
              module.name(),
              size(module.bytes()),
              module.originText(),
              time(module.took()));
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
    // A wildcard is one socket for both families, whichever of them was asked for.
    boolean wildcard = address.getAddress().isAnyLocalAddress();
    String host = wildcard ? "0.0.0.0" : AddressText.inUrl(address);
    return scheme + "://" + host + ":" + address.getPort();
  }

  static String size(long bytes) {
    return bytes < 10_240 ? bytes + " B" : bytes / 1024 + " KiB";
  }

  static String time(Duration took) {
    return took.toMillis() + " ms";
  }
}
