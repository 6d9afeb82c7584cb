package wagi.cli;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wagi.server.Reloader;
import wagi.server.WagiServer;

/** The end of a server: in good order when asked once, at once when asked twice. */
final class Stop implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger("wagi.cli");

  /** What it may take beside the drain. The unit's TimeoutStopSec leaves more. */
  private static final Duration CLOSING = Duration.ofSeconds(10);

  private final WagiServer server;
  private final Reloader reloader;
  private final Console console;
  private final AtomicBoolean asked = new AtomicBoolean();

  Stop(WagiServer server, Reloader reloader, Console console) {
    this.server = server;
    this.reloader = reloader;
    this.console = console;
  }

  /** Takes over what these signals do, and what the JVM does when it ends otherwise. */
  void install() {
    Runtime.getRuntime().addShutdownHook(new Thread(this, "stop"));
    Signals.handle("TERM", () -> ask(128 + 15));
    Signals.handle("INT", () -> ask(128 + 2));
  }

  /**
   * Ends the server.
   *
   * @param code to exit with when this was asked before
   */
  void ask(int code) {
    if (asked.compareAndSet(false, true)) {
      new Thread(() -> System.exit(ExitCode.DONE), "exit").start();
      return;
    }
    console.say("asked again to stop: requests under way are broken off");
    Runtime.getRuntime().halt(code);
  }

  /**
   * What was accepted is answered first. A thread that hangs cannot keep the process from ending.
   */
  @Override
  public void run() {
    asked.set(true);
    Thread end = new Thread(this::end, "end");
    end.setDaemon(true);
    end.start();
    Duration longest = server.drainTime().plus(CLOSING);
    try {
      if (!end.join(longest)) {
        IllegalStateException here = new IllegalStateException("waits here");
        here.setStackTrace(end.getStackTrace());
        LOG.error("the server has not stopped in {} s, and is halted", longest.toSeconds(), here);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(ExitCode.UNEXPECTED);
  }

  private void end() {
    reloader.close();
    console.say("stopping: no new requests, those under way may finish");
    boolean drained = server.drain();
    server.close();
    console.say(drained ? "stopped" : "stopped; some requests were broken off");
    Runtime.getRuntime().halt(LostThread.any() ? ExitCode.UNEXPECTED : ExitCode.DONE);
  }
}
