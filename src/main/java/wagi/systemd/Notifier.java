package wagi.systemd;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wagi.server.LifecycleListener;

/**
 * Tells systemd what becomes of the server, as sd_notify(3) has it; does nothing where nobody asks
 * to be told. That systemd cannot be told is logged, and no reason not to serve.
 */
public final class Notifier implements LifecycleListener, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("wagi.systemd");
  private static final int STATUS_MAX = 500;

  private final @Nullable NotifySocket socket;
  private final @Nullable Duration watchdogPeriod;
  private @Nullable Watchdog watchdog;

  private Notifier(@Nullable NotifySocket socket, @Nullable Duration watchdogPeriod) {
    this.socket = socket;
    this.watchdogPeriod = watchdogPeriod;
  }

  /**
   * Reads what systemd wants to know.
   *
   * @param environment with what systemd set: NOTIFY_SOCKET, WATCHDOG_USEC, WATCHDOG_PID
   * @param launcher the process that systemd started; this one, unless it needed a child
   */
  public static Notifier of(Map<String, String> environment, long launcher) {
    String name = environment.getOrDefault("NOTIFY_SOCKET", "");
    NotifySocket socket = name.isEmpty() ? null : socket(name);
    Duration period = socket == null ? null : watchdogPeriod(environment, launcher);
    return new Notifier(socket, period);
  }

  private static @Nullable NotifySocket socket(String name) {
    try {
      return NotifySocket.to(name);
    } catch (IOException e) {
      LOG.warn("cannot notify systemd on NOTIFY_SOCKET={}: {}", name, e.getMessage());
      return null;
    }
  }

  /** Returns how often systemd wants to hear at least, or null if it does not, or not from us. */
  private static @Nullable Duration watchdogPeriod(Map<String, String> environment, long launcher) {
    String micros = environment.getOrDefault("WATCHDOG_USEC", "");
    String process = environment.getOrDefault("WATCHDOG_PID", "");
    boolean ours =
        process.isEmpty()
            || process.equals(Long.toString(ProcessHandle.current().pid()))
            || process.equals(Long.toString(launcher));
    if (micros.isEmpty() || !ours) {
      return null;
    }
    try {
      long period = Long.parseLong(micros);
      if (period > 0 && period <= Long.MAX_VALUE / 1000) {
        return Duration.ofNanos(period * 1000);
      }
    } catch (NumberFormatException e) {
      // Said below, as for a number that is none of the possible.
    }
    LOG.warn("WATCHDOG_USEC is no number of microseconds, found {}: no watchdog", micros);
    return null;
  }

  @Nullable Duration watchdogPeriod() {
    return watchdogPeriod;
  }

  /** From now on systemd is told that the server lives as long as the probe finds nothing stuck. */
  public synchronized void watch(Probe probe) {
    if (watchdogPeriod != null && watchdog == null) {
      watchdog = new Watchdog(watchdogPeriod, probe, () -> send("WATCHDOG=1"));
      watchdog.start();
    }
  }

  @Override
  public void ready(String status) {
    // Never MAINPID: of a process that is not its own child systemd learns no exit code, and kills
    // it at once when the unit stops. A launcher in front passes signals and the code on.
    send("READY=1\n" + status(status));
  }

  @Override
  public void reloading() {
    send("RELOADING=1\nMONOTONIC_USEC=" + Libc.monotonicMicros() + "\n" + status("reloading"));
  }

  @Override
  public void reloaded(String status, boolean changed) {
    send("READY=1\n" + status(status));
  }

  @Override
  public synchronized void stopping() {
    // From here on systemd counts the time of the end instead.
    if (watchdog != null) {
      watchdog.close();
    }
    send("STOPPING=1\n" + status("stopping: requests under way may finish"));
  }

  /** One line, whatever names of modules and files are in it. */
  private static String status(String text) {
    String line = text.replaceAll("\\p{Cntrl}", " ");
    return "STATUS=" + (line.length() > STATUS_MAX ? line.substring(0, STATUS_MAX) + "…" : line);
  }

  private void send(String message) {
    if (socket == null) {
      return;
    }
    try {
      socket.send(message);
    } catch (IOException e) {
      LOG.warn("cannot notify systemd: {}", e.getMessage());
    }
  }

  @Override
  public synchronized void close() {
    if (watchdog != null) {
      watchdog.close();
    }
    if (socket != null) {
      socket.close();
    }
  }
}
