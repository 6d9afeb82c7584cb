package wagi.systemd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import wagi.server.Await;

final class NotifierTest {
  private static final long SELF = ProcessHandle.current().pid();
  private static final String ABSTRACT = "@wagi-notify-" + SELF;

  private final Path directory;

  NotifierTest(@TempDir Path directory) {
    this.directory = directory;
  }

  private Map<String, String> environment(String... more) {
    Map<String, String> environment = new HashMap<>();
    environment.put("NOTIFY_SOCKET", socket());
    for (int i = 0; i < more.length; i += 2) {
      environment.put(more[i], more[i + 1]);
    }
    return environment;
  }

  private String socket() {
    return directory.resolve("notify").toString();
  }

  @Test
  void lifeOfAServerIsTold() {
    try (NotifyReceiver systemd = NotifyReceiver.on(socket());
        Notifier notifier = Notifier.of(environment(), SELF)) {
      notifier.ready("serving 2 modules");
      assertEquals("READY=1\nSTATUS=serving 2 modules", systemd.next());
      notifier.reloading();
      assertTrue(systemd.next().startsWith("RELOADING=1\nMONOTONIC_USEC="));
      notifier.reloaded("serving 3 modules", true);
      assertEquals("READY=1\nSTATUS=serving 3 modules", systemd.next());
      notifier.stopping();
      assertEquals("STOPPING=1\nSTATUS=stopping: requests under way may finish", systemd.next());
    }
  }

  @Test
  void abstractNamesAreReached() {
    try (NotifyReceiver systemd = NotifyReceiver.on(ABSTRACT);
        Notifier notifier = Notifier.of(environment("NOTIFY_SOCKET", ABSTRACT), SELF)) {
      notifier.ready("up");
      assertEquals("READY=1\nSTATUS=up", systemd.next());
    }
  }

  @Test
  void reloadCarriesTheMonotonicClock() {
    try (NotifyReceiver systemd = NotifyReceiver.on(socket());
        Notifier notifier = Notifier.of(environment(), SELF)) {
      long before = Libc.monotonicMicros();
      notifier.reloading();
      Matcher micros = Pattern.compile("MONOTONIC_USEC=(\\d+)\n").matcher(systemd.next());

      assertTrue(micros.find());
      long told = Long.parseLong(micros.group(1));
      assertTrue(before <= told && told <= Libc.monotonicMicros(), () -> before + " " + told);
    }
  }

  @Test
  void childOfALauncherLeavesTheMainProcessAsItIs() {
    try (NotifyReceiver systemd = NotifyReceiver.on(socket());
        Notifier notifier = Notifier.of(environment(), SELF + 1)) {
      notifier.ready("up");
      assertEquals("READY=1\nSTATUS=up", systemd.next());
    }
  }

  @Test
  void statusIsOneShortLine() {
    try (NotifyReceiver systemd = NotifyReceiver.on(socket());
        Notifier notifier = Notifier.of(environment(), SELF)) {
      notifier.ready("a\nSTOPPING=1\r\n" + "x".repeat(10_000));
      String message = systemd.next();

      assertTrue(message.startsWith("READY=1\nSTATUS=a STOPPING=1  xxx"), message);
      assertEquals(2, message.lines().count());
      assertTrue(message.length() < 600);
    }
  }

  @Test
  void withoutSystemdNothingHappens() {
    try (Notifier notifier = Notifier.of(Map.of("WATCHDOG_USEC", "1000"), SELF)) {
      AtomicInteger probes = new AtomicInteger();
      notifier.watch(lately -> "asked " + probes.incrementAndGet());
      notifier.ready("up");
      notifier.stopping();
      assertEquals(0, probes.get());
    }
  }

  @Test
  void socketsThatNobodyReadsAreNoReasonToFail() {
    for (String name : new String[] {socket(), "relative", "vsock:2:1", "/" + "x".repeat(200)}) {
      try (Notifier notifier = Notifier.of(environment("NOTIFY_SOCKET", name), SELF)) {
        notifier.ready("up");
      }
    }
  }

  @Test
  void watchdogIsHeardAgainAndAgain() {
    try (NotifyReceiver systemd = NotifyReceiver.on(socket());
        Notifier notifier = Notifier.of(environment("WATCHDOG_USEC", "200000"), SELF)) {
      notifier.watch(lately -> null);
      for (int i = 0; i < 3; i++) {
        assertEquals("WATCHDOG=1", systemd.next());
      }
    }
  }

  @Test
  void watchdogIsSilentWhileSomethingIsStuckAndHeardAfterwards() {
    AtomicReference<String> stuck = new AtomicReference<>("stuck");
    AtomicInteger probes = new AtomicInteger();
    try (NotifyReceiver systemd = NotifyReceiver.on(socket());
        Notifier notifier = Notifier.of(environment("WATCHDOG_USEC", "100000"), SELF)) {
      notifier.watch(
          lately -> {
            probes.incrementAndGet();
            return stuck.get();
          });
      Await.until("it was asked often", () -> probes.get() > 10);
      assertEquals("", systemd.waiting());
      stuck.set(null);
      assertEquals("WATCHDOG=1", systemd.next());
    }
  }

  @Test
  void watchdogOfTheLaunchersProcessIsOurs() {
    String launcher = Long.toString(SELF + 1);
    Map<String, String> watched = environment("WATCHDOG_USEC", "1000", "WATCHDOG_PID", launcher);
    try (NotifyReceiver systemd = NotifyReceiver.on(socket());
        Notifier notifier = Notifier.of(watched, SELF + 1)) {
      notifier.watch(lately -> null);
      assertEquals("WATCHDOG=1", systemd.next());
    }
  }

  @Test
  void watchdogOfAnotherProcessOrWithoutATimeIsNotKept() {
    assertFalse(watches("WATCHDOG_USEC", "1000", "WATCHDOG_PID", Long.toString(SELF + 2)));
    assertFalse(watches("WATCHDOG_USEC", "soon"));
    assertFalse(watches("WATCHDOG_USEC", "0"));
    assertFalse(watches("WATCHDOG_USEC", "-1"));
    assertFalse(watches());
    assertTrue(watches("WATCHDOG_USEC", "1000", "WATCHDOG_PID", Long.toString(SELF)));
  }

  private boolean watches(String... watchdog) {
    try (Notifier notifier = Notifier.of(environment(watchdog), SELF)) {
      return notifier.watchdogPeriod() != null;
    }
  }
}
