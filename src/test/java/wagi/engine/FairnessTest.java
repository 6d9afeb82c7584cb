package wagi.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wagi.module.ModuleFile;
import wagi.module.ModuleFileException;
import wagi.server.Await;

/** One permit, and modules that would keep it. */
final class FairnessTest {
  private static final Path THREADS = Path.of("/proc/self/task");
  private static final Duration LONG = Duration.ofSeconds(30);

  /** Guests that run until they are cancelled. */
  private static final class Crowd implements AutoCloseable {
    private final List<Ticket> tickets = new ArrayList<>();
    private final List<Guests.Recording> recordings = new ArrayList<>();

    static Crowd of(Guests guests, GuestModule module, int count) {
      Crowd crowd = new Crowd();
      for (int i = 0; i < count; i++) {
        Guests.Recording recording = new Guests.Recording();
        crowd.recordings.add(recording);
        Submission submission =
            guests.engine().submit(module, Guests.invocation("_start", ""), recording);
        crowd.tickets.add(assertInstanceOf(Ticket.class, submission));
      }
      return crowd;
    }

    @Override
    public void close() {
      tickets.forEach(Ticket::cancel);
      recordings.forEach(Guests.Recording::said);
    }
  }

  private static Limits many(int concurrency) {
    Limits limits = Guests.timeout(LONG);
    return new Limits(
        LONG,
        64,
        LONG,
        limits.memoryBytes(),
        limits.outputBytes(),
        limits.stderrBytes(),
        limits.openFiles(),
        limits.environmentBytes(),
        concurrency);
  }

  @Test
  void loopGivesUpTheOnlyPermit() throws ModuleRefusedException {
    try (Guests guests = new Guests(1, 8);
        Crowd loops = Crowd.of(guests, guests.load("loop", many(1)), 1)) {
      assertEquals(new Outcome.Exited(0), guests.run("hello-c").outcome());
      assertEquals(1, loops.tickets.size());
    }
  }

  @Test
  void crowdOfLoopsStopsAtItsShareOfTheBackground() throws ModuleRefusedException {
    try (Guests guests = new Guests(1, 100)) {
      GuestModule loop = guests.load("loop", many(50));
      try (Crowd loops = Crowd.of(guests, loop, 40)) {
        Await.until("16 loops are in the background", () -> loop.lane.background == 16);

        assertEquals(new Outcome.Exited(0), guests.run("hello-c").outcome());
        assertEquals(16, loop.lane.alive);
        assertEquals(40 - 16, loop.lane.waiting.size());
        assertEquals(40, loops.tickets.size());
      }
      assertEquals(0, loop.lane.background);
    }
  }

  @Test
  void sleepersLeavePlacesForOthers() throws ModuleRefusedException {
    try (Guests guests = new Guests(1, 10)) {
      GuestModule sleeper = guests.load("sleep-forever", many(50));
      try (Crowd sleepers = Crowd.of(guests, sleeper, 30)) {
        Await.until("some sleep", () -> sleeper.lane.alive == 8);

        assertEquals(new Outcome.Exited(0), guests.run("hello-c").outcome());
        assertEquals(8, sleeper.lane.alive);
        assertEquals(30, sleepers.tickets.size());
      }
    }
  }

  @Test
  void modulesTakeTurns() throws ModuleRefusedException {
    try (Guests guests = new Guests(1, 8)) {
      GuestModule crowded = guests.load("grow", many(8));
      GuestModule lone = guests.load("hello-c", many(8));
      AtomicInteger ended = new AtomicInteger();
      try (Crowd loops = Crowd.of(guests, guests.load("loop", many(1)), 1)) {
        List<Guests.Recording> crowd = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
          crowd.add(submit(guests, crowded, ended::incrementAndGet));
        }
        int before = ended.get();
        AtomicInteger endedBeforeLone = new AtomicInteger();
        submit(guests, lone, () -> endedBeforeLone.set(ended.get())).said();

        int overtaking = endedBeforeLone.get() - before;
        assertTrue(overtaking <= 3, overtaking + " of the crowd came before it");
        crowd.forEach(Guests.Recording::said);
        assertEquals(1, loops.tickets.size());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "hello-c, false",
    "exit-three, false",
    "trap, true",
    "recurse, true",
    "huge-output, true",
    "grow, true"
  })
  void moduleWhoseGuestsFailOrAreHeldToALimitIsSaidToFail(String guest, boolean fails)
      throws ModuleRefusedException {
    try (Guests guests = new Guests(1, 8)) {
      GuestModule module = guests.load(guest, many(8));
      for (int i = 0; i < 8; i++) {
        guests.run(module, Guests.invocation("_start", ""));
      }

      assertEquals(fails, module.lane.standing() == Standing.FAILING);
    }
  }

  /** Fails where it is asked to. */
  private record Failing(boolean atStart, boolean atEnd) implements Sink {
    @Override
    public void started(Permit permit) {
      failIf(atStart);
    }

    @Override
    public void stdout(byte[] bytes, int offset, int length) {}

    @Override
    public void stderr(byte[] bytes, int offset, int length) {}

    @Override
    public void waiting() {}

    @Override
    public void ended(Outcome outcome) {
      failIf(atEnd);
    }

    private static void failIf(boolean asked) {
      if (asked) {
        throw new IllegalStateException("a sink that fails");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"true, false", "false, true", "true, true"})
  void whoeverAnswersBadlyTakesNoPermitAndNoThread(boolean atStart, boolean atEnd)
      throws ModuleRefusedException {
    try (Guests guests = new Guests(1, 2)) {
      GuestModule module = guests.load("hello-c");
      for (int i = 0; i < 3; i++) {
        Submission taken =
            guests
                .engine()
                .submit(module, Guests.invocation("_start", ""), new Failing(atStart, atEnd));
        assertInstanceOf(Ticket.class, taken);
        assertEquals(
            new Outcome.Exited(0), guests.run(module, Guests.invocation("_start", "")).outcome());
      }
      assertEquals(0, module.lane.waiting.size());
    }
  }

  @Test
  void closingWaitsForWhatGuestsHaveToSay() throws ModuleRefusedException {
    Guests.Recording recording = new Guests.Recording();
    try (Guests guests = new Guests()) {
      GuestModule sleeper = guests.load("sleep-forever");
      assertInstanceOf(
          Ticket.class,
          guests.engine().submit(sleeper, Guests.invocation("_start", ""), recording));
      recording.saidBeforeWaiting();
    }
    assertEquals(new Outcome.Cancelled(), recording.outcomeNow());
  }

  private static Guests.Recording submit(Guests guests, GuestModule module, Runnable atEnd) {
    Guests.Recording recording = new Guests.Recording();
    Sink counting =
        new Sink() {
          @Override
          public void stdout(byte[] bytes, int offset, int length) {
            recording.stdout(bytes, offset, length);
          }

          @Override
          public void stderr(byte[] bytes, int offset, int length) {
            recording.stderr(bytes, offset, length);
          }

          @Override
          public void waiting() {
            recording.waiting();
          }

          @Override
          public void ended(Outcome outcome) {
            atEnd.run();
            recording.ended(outcome);
          }
        };
    assertInstanceOf(
        Ticket.class, guests.engine().submit(module, Guests.invocation("_start", ""), counting));
    return recording;
  }

  @Test
  void threadOfALongComputationIsNiceAndEndsWithIt() throws ModuleRefusedException {
    try (Guests guests = new Guests(1, 8)) {
      try (Crowd loops = Crowd.of(guests, guests.load("loop", many(1)), 1)) {
        long nice = Files.exists(THREADS) ? 1 : 0; // elsewhere niceness is of whole processes
        Await.until("its thread is nice", () -> niceGuests() == nice);
        assertEquals(1, loops.tickets.size());
      }
      Await.until("the thread is gone", () -> niceGuests() == 0);
      assertEquals(new Outcome.Exited(0), guests.run("hello-c").outcome());
      assertEquals(0, niceGuests());
    }
  }

  @Test
  void guestsInTheBackgroundTakeTurns() throws ModuleRefusedException {
    try (Guests guests = new Guests(1, 8)) {
      GuestModule loop = guests.load("loop", many(3));
      try (Crowd loops = Crowd.of(guests, loop, 3)) {
        Await.until("all are in the background", () -> loop.lane.background == 3);
        Map<Long, Long> before = processorNanos();

        Await.until("each has computed", () -> computed(before) == 3);
        assertEquals(3, loops.tickets.size());
      }
    }
  }

  @Test
  void sleeperInTheBackgroundLeavesItsTurnToOthers(@TempDir Path directory)
      throws ModuleRefusedException, ModuleFileException, IOException {
    try (Guests guests = new Guests(1, 8)) {
      byte[] wasm = computingSleeper(directory);
      GuestModule sleeper = guests.engine().load("sleeper", wasm, many(1), Instances.POOLED);
      GuestModule loop = guests.load("loop", many(1));
      try (Crowd sleepers = Crowd.of(guests, sleeper, 1)) {
        String said = sleepers.recordings.getFirst().saidBeforeWaiting();
        assertEquals(1, sleeper.lane.background, said);
        try (Crowd loops = Crowd.of(guests, loop, 1)) {
          Await.until("the loop is in the background", () -> loop.lane.background == 1);
          Map<Long, Long> before = processorNanos();

          Await.until("it computes", () -> computed(before) == 1);
          assertEquals(1, loops.tickets.size());
        }
      }
    }
  }

  /** Computes for more than 50 ms, on any machine, then sleeps for an hour. */
  private static byte[] computingSleeper(Path directory) throws IOException, ModuleFileException {
    Path file = directory.resolve("sleeper.wat");
    Files.writeString(
        file,
        """
        (module
          (import "wasi_snapshot_preview1" "poll_oneoff"
            (func $poll (param i32 i32 i32 i32) (result i32)))
          (memory (export "memory") 1)
          (func (export "_start") (local $left i32)
            (local.set $left (i32.const 500000000))
            (loop $on
              (local.set $left (i32.sub (local.get $left) (i32.const 1)))
              (br_if $on (local.get $left)))
            (i32.store (i32.const 16) (i32.const 1))
            (i64.store (i32.const 24) (i64.const 3600000000000))
            (drop (call $poll (i32.const 0) (i32.const 64) (i32.const 1) (i32.const 128)))))
        """);
    return ModuleFile.read(file).wasm();
  }

  /** What the guests' threads of this process have computed. */
  private static Map<Long, Long> processorNanos() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().matches("guest-[0-9]+"))
        .collect(Collectors.toMap(Thread::threadId, ProcessorTime::of));
  }

  /** Counts the threads that have computed for more than a turn since. */
  private static long computed(Map<Long, Long> before) {
    long turn = TimeUnit.MILLISECONDS.toNanos(20);
    return processorNanos().entrySet().stream()
        .filter(e -> e.getValue() - before.getOrDefault(e.getKey(), Long.MAX_VALUE) > turn)
        .count();
  }

  /** Counts the guest threads of this process that the system knows to be of niceness 19. */
  private static long niceGuests() {
    if (!Files.exists(THREADS)) {
      return 0;
    }
    try (Stream<Path> threads = Files.list(THREADS)) {
      return threads.filter(FairnessTest::isNiceGuest).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isNiceGuest(Path thread) {
    try {
      String stat = Files.readString(thread.resolve("stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      return stat.contains("(guest-") && fields[16].equals("19");
    } catch (IOException e) {
      return false; // it has ended meanwhile
    }
  }
}
