package wagi.wasi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import wagi.engine.Guest;
import wagi.engine.Preopen;
import wagi.engine.TestGuests;

/** What depends on time, on the guest's end, or on the host's files changing. */
final class GuestLifeTest {
  @TempDir Path box = Path.of("");

  @AfterEach
  void clearInterrupt() {
    Thread.interrupted();
  }

  @Test
  void realtimeIsNow() {
    Guest guest = Calls.guest(1);
    Instant before = Instant.now();
    assertEquals("ESUCCESS", Calls.call(guest, "clock_time_get", 0, 0, 8));
    long nanos = guest.memory().readLong(8);
    Instant shown = Instant.ofEpochSecond(0, nanos);
    assertFalse(shown.isBefore(before) || shown.isAfter(Instant.now()), shown.toString());
  }

  @Test
  void monotonicClockIsPositiveAndNeverGoesBack() {
    Guest guest = Calls.guest(1);
    long last = 0;
    for (int i = 0; i < 1000; i++) {
      Calls.call(guest, "clock_time_get", 1, 0, 8);
      assertTrue(guest.memory().readLong(8) >= last);
      last = guest.memory().readLong(8);
      assertTrue(last > 0);
    }
  }

  @Test
  void sleepLastsAsLongAsAskedAndTellsTheSink() {
    TestGuests.RecordingSink sink = new TestGuests.RecordingSink();
    Guest guest = Calls.guest(sink, 1);
    guest.memory().writeI32(16, 1);
    guest.memory().writeLong(24, 5_000_000);
    long start = System.nanoTime();
    assertEquals("ESUCCESS", Calls.call(guest, "poll_oneoff", 0, 100, 1, 200));
    assertTrue(System.nanoTime() - start >= 5_000_000);
    assertEquals(1, sink.waits);
  }

  @Test
  void stoppingEndsAnEndlessSleep() throws InterruptedException {
    Guest guest = Calls.guest(1);
    guest.memory().writeI32(16, 1);
    guest.memory().writeLong(24, -1);
    Thread deadline = Thread.ofPlatform().start(() -> TestGuests.stop(guest));
    RuntimeException end =
        assertThrows(
            RuntimeException.class, () -> Calls.call(guest, "poll_oneoff", 0, 100, 1, 200));
    assertTrue(Thread.interrupted()); // until the guest's thread has finished it
    deadline.join(Duration.ofSeconds(10));
    assertTrue(TestGuests.isStopped(end));
  }

  @Test
  void stoppingEndsAReadOfAFile() throws IOException {
    Guest guest = openFile();
    guest.memory().writeI32(0, 100);
    guest.memory().writeI32(4, 5);
    TestGuests.stop(guest);
    RuntimeException end =
        assertThrows(RuntimeException.class, () -> Calls.call(guest, "fd_read", 4, 0, 1, 200));
    assertTrue(TestGuests.isStopped(end));
  }

  @Test
  void yieldEndsAStoppedGuest() {
    Guest guest = Calls.guest(1);
    TestGuests.stop(guest);
    assertTrue(
        TestGuests.isStopped(
            assertThrows(RuntimeException.class, () -> Calls.call(guest, "sched_yield"))));
  }

  @Test
  void exitCarriesItsCode() {
    Guest guest = Calls.guest(1);
    RuntimeException end =
        assertThrows(RuntimeException.class, () -> Calls.call(guest, "proc_exit", 42));
    assertEquals(42, TestGuests.exitCode(end));
  }

  @Test
  void outputNobodyReadsIsABrokenPipe() {
    TestGuests.RecordingSink sink = new TestGuests.RecordingSink();
    sink.clientGone = true;
    Guest guest = Calls.guest(sink, 1);
    guest.memory().writeI32(4, 5);
    assertEquals("EPIPE", Calls.call(guest, "fd_write", 1, 0, 1, 200));
    assertEquals("ESUCCESS", Calls.call(guest, "fd_write", 2, 0, 1, 200));
  }

  @Test
  void filesCloseWithTheGuest() throws Exception {
    Guest guest = openFile();
    Descriptors descriptors = Descriptors.of(guest);
    assertEquals(2, descriptors.openOnHost());
    TestGuests.end(guest);
    assertEquals(0, descriptors.openOnHost());
    assertEquals("EBADF", Calls.call(guest, "fd_tell", 4, 200));
  }

  @Test
  void aVolumeThatIsNotThereIsAnError() {
    Guest guest = Calls.guest(1, new Preopen("/data", box.resolve("gone"), false));
    assertEquals("ESUCCESS", Calls.call(guest, "fd_prestat_get", 3, 200));
    assertEquals("ENOENT", Calls.call(guest, "fd_filestat_get", 3, 0));
    assertEquals("ENOENT", follow(guest, "f"));
  }

  @Test
  void aLongChainOfLinksEnds() throws IOException {
    Files.createFile(box.resolve("0"));
    for (int i = 1; i <= 41; i++) {
      Files.createSymbolicLink(box.resolve(Integer.toString(i)), Path.of(Integer.toString(i - 1)));
    }
    Guest guest = Calls.guest(1, new Preopen("/data", box, false));
    assertEquals("ESUCCESS", follow(guest, "40"));
    assertEquals("ELOOP", follow(guest, "41"));
  }

  @Test
  void namesAndDepthsBeyondTheSystemsLimitsAreErrors() {
    Guest guest = Calls.guest(1, new Preopen("/data", box, false));
    assertEquals("ENAMETOOLONG", follow(guest, "x".repeat(256)));
    assertEquals("ENOENT", follow(guest, "x".repeat(255)));
    assertEquals("ESUCCESS", follow(guest, "./".repeat(2047) + "."));
    assertEquals("ENAMETOOLONG", follow(guest, "./".repeat(2048)));
  }

  private static String follow(Guest guest, String path) {
    return Calls.call(guest, "path_filestat_get", 3, 1, 1000, Calls.put(guest, 1000, path), 200);
  }

  private Guest openFile() throws IOException {
    Files.writeString(box.resolve("f"), "hello");
    Guest guest = Calls.guest(1, new Preopen("/data", box, false));
    int length = Calls.put(guest, 1000, "f");
    assertEquals("ESUCCESS", Calls.call(guest, "path_open", 3, 0, 1000, length, 0, 6, 0, 0, 200));
    return guest;
  }
}
