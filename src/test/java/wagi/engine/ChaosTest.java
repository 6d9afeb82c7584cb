package wagi.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import wagi.server.Await;
import wagi.wasi.WasiPreview1;
import wagi.wasi.WasiUnstable;

/** Whatever the host does to a guest, the guest ends in time and nobody after it notices. */
final class ChaosTest {
  private static final long SEED = Long.getLong("wagi.test.seed", 20_260_707);
  private static final int TIMES = Integer.getInteger("wagi.test.fuzz", 1);
  private static final int[] PERCENTS = {1, 10, 50};

  private static final Duration TIMEOUT = Duration.ofMillis(100);
  private static final long LATE_MILLIS = 100;

  /** Where others compute too, a guest is late for other reasons than its host. */
  private static final int ATTEMPTS = 8;

  private static final int CROWDS = 8;
  private static final int CROWD = 32;
  private static final int CROWD_MODULES = 24;
  private static final int LOOKS_PER_COLLECTION = 50;

  @TempDir private Path folder = Path.of("");

  private static Guests guests(int permits, int guests) {
    return new Guests(
        permits,
        guests,
        List.of(new Chaos(WasiPreview1.module()), new Chaos(WasiUnstable.module())));
  }

  private static GuestModule load(Guests guests, String name) throws ModuleRefusedException {
    return guests.load(name, Guests.timeout(TIMEOUT));
  }

  private static List<String> entrypoints(GuestModule module) {
    return Corpus.ENTRYPOINTS.stream().filter(e -> module.entrypointProblem(e) == null).toList();
  }

  private Invocation invocation(String entrypoint, Input stdin) {
    return new Invocation(
        entrypoint,
        List.of("/"),
        List.of("REQUEST_METHOD=GET", "PATH_INFO=/text"),
        stdin,
        List.of(
            new Preopen("/data", folder.resolve("data"), true),
            new Preopen("/public", folder.resolve("public"), false)));
  }

  /** Makes the volumes as they were before any guest saw them. */
  private void prepareVolumes() throws IOException {
    Path data = folder.resolve("data");
    if (Files.exists(data)) {
      try (Stream<Path> files = Files.walk(data)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
    Files.createDirectories(data);
    Files.createDirectories(folder.resolve("public"));
    Files.writeString(folder.resolve("public/text"), "some text\n".repeat(10_000));
  }

  @TestFactory
  Stream<DynamicTest> guestsOfABrokenHostEndInTimeAndLeaveNothing() throws IOException {
    prepareVolumes();
    return Corpus.names().stream().map(name -> dynamicTest(name, () -> suffers(name)));
  }

  private void suffers(String name) throws Exception {
    try (Guests guests = guests(1, 2)) {
      GuestModule module;
      try {
        module = load(guests, name);
      } catch (ModuleRefusedException e) {
        return;
      }
      for (String entrypoint : entrypoints(module)) {
        for (int percent : PERCENTS) {
          boolean endless = false;
          for (int i = 0; i < 2 * TIMES && !endless; i++) {
            endless = endsInTime(guests, module, entrypoint, percent, SEED + i);
          }
        }
      }
      assertAtRest(module);
      assertTrue(guests.engine().moves(TIMEOUT));
      answersAsFresh(guests, module);
    }
  }

  /** Returns whether only its deadline ended it. */
  private boolean endsInTime(
      Guests guests, GuestModule module, String entrypoint, int percent, long seed)
      throws IOException {
    String what = "%s at %d %%, seed %d".formatted(entrypoint, percent, seed);
    long late = Long.MAX_VALUE;
    boolean endless = false;
    for (int i = 0; i < ATTEMPTS && late > LATE_MILLIS; i++) {
      Chaos.Luck luck = new Chaos.Luck("some=body", seed, percent);
      long start = System.nanoTime();
      Outcome outcome = guests.run(module, invocation(entrypoint, luck)).outcome();
      late = Math.min(late, (System.nanoTime() - start) / 1_000_000 - TIMEOUT.toMillis());
      assertFalse(outcome instanceof Outcome.HostFailed, () -> what + ": " + outcome);
      assertEquals(List.of(), openBelow(folder), what);
      endless = outcome instanceof Outcome.DeadlinePassed;
    }
    assertTrue(late <= LATE_MILLIS, what + " ends " + late + " ms late");
    return endless;
  }

  private static void assertAtRest(GuestModule module) {
    Lane lane = module.lane;
    Await.until("all of " + module.name() + " have ended", () -> lane.alive == 0);
    assertEquals(0, lane.background);
    assertEquals(0, lane.waiting.size());
  }

  /** Compares with an engine that has run nothing before, memory that is still in use included. */
  private void answersAsFresh(Guests guests, GuestModule module) throws Exception {
    try (Guests others = new Guests(1, 2)) {
      GuestModule fresh = load(others, module.name());
      for (String entrypoint : entrypoints(module)) {
        String was = answer(others, fresh, entrypoint);
        String is = answer(guests, module, entrypoint);
        // One of the two may have been near its deadline.
        for (int i = 0; i < ATTEMPTS && !is.equals(was); i++) {
          was = answer(others, fresh, entrypoint);
          is = answer(guests, module, entrypoint);
        }
        assertEquals(was, is, entrypoint);
      }
      assertEquals(others.engine().memoryBytes(), guests.engine().memoryBytes(), "memory");
    }
  }

  private String answer(Guests guests, GuestModule module, String entrypoint) throws IOException {
    prepareVolumes();
    Input stdin = Guests.invocation(entrypoint, "some=body").stdin();
    Guests.Said said = guests.run(module, invocation(entrypoint, stdin));
    // How far it got before its deadline is chance.
    return said.outcome() instanceof Outcome.DeadlinePassed
        ? "stopped"
        : said.outcome() + "\n" + said.stdout() + "\n" + said.stderr();
  }

  /** Returns what this process has open below a directory, where the system tells. */
  private static List<String> openBelow(Path directory) throws IOException {
    Path descriptors = Path.of("/proc/self/fd");
    List<String> open = new ArrayList<>();
    if (!Files.exists(descriptors)) {
      return open;
    }
    try (Stream<Path> all = Files.list(descriptors)) {
      for (Path descriptor : all.toList()) {
        if (Files.isSymbolicLink(descriptor)) {
          Path target = Files.readSymbolicLink(descriptor);
          if (target.startsWith(directory.toRealPath())) {
            open.add(target.toString());
          }
        }
      }
    }
    return open;
  }

  @Test
  void crowdsOfABrokenHostEndInTimeAndLeaveNothing(TestReporter report) throws Exception {
    prepareVolumes();
    try (Guests guests = guests(2, 8)) {
      SplittableRandom random = new SplittableRandom(SEED);
      List<GuestModule> modules = loadSome(guests, random);
      Map<String, Integer> outcomes = new TreeMap<>();
      for (int i = 0; i < CROWDS * TIMES; i++) {
        long seed = random.nextLong();
        long late = Long.MAX_VALUE;
        for (int j = 0; j < ATTEMPTS && late > LATE_MILLIS; j++) {
          late = Math.min(late, crowd(guests, modules, new SplittableRandom(seed), outcomes));
        }
        assertTrue(late <= LATE_MILLIS, "crowd " + i + " ends " + late + " ms late");
      }
      modules.forEach(ChaosTest::assertAtRest);
      assertEquals(List.of(), openBelow(folder));
      assertTrue(outcomes.containsKey("Exited"), outcomes.toString());
      assertFalse(outcomes.containsKey("HostFailed"), outcomes.toString());
      report.publishEntry(outcomes.toString());
      modules.clear();
      AtomicInteger looks = new AtomicInteger();
      Await.until(
          "all memory is given back",
          () -> {
            if (looks.getAndIncrement() % LOOKS_PER_COLLECTION == 0) {
              System.gc();
            }
            return guests.engine().memoryBytes() == 0;
          });
      assertEquals(new Outcome.Exited(0), guests.run("hello-c").outcome());
    }
  }

  private static List<GuestModule> loadSome(Guests guests, SplittableRandom random)
      throws IOException {
    List<String> names = new ArrayList<>(Corpus.names());
    Collections.shuffle(names, Random.from(random));
    List<GuestModule> modules = new ArrayList<>();
    for (String name : names) {
      try {
        GuestModule module = load(guests, name);
        if (!entrypoints(module).isEmpty()) {
          modules.add(module);
        }
      } catch (ModuleRefusedException e) {
        // It could not suffer.
      }
      if (modules.size() == CROWD_MODULES) {
        break;
      }
    }
    return modules;
  }

  /** Returns how many milliseconds after its deadline the last one ended. */
  private long crowd(
      Guests guests,
      List<GuestModule> modules,
      SplittableRandom random,
      Map<String, Integer> outcomes) {
    List<Guests.Recording> recordings = new ArrayList<>();
    long start = System.nanoTime();
    for (int i = 0; i < CROWD; i++) {
      GuestModule module = modules.get(random.nextInt(modules.size()));
      String entrypoint = entrypoints(module).getFirst();
      int percent = PERCENTS[random.nextInt(PERCENTS.length)];
      Chaos.Luck luck = new Chaos.Luck("some=body", random.nextLong(), percent);
      Guests.Recording recording = new Guests.Recording();
      Submission taken = guests.engine().submit(module, invocation(entrypoint, luck), recording);
      recordings.add(recording);
      if (random.nextInt(8) == 0) {
        assertInstanceOf(Ticket.class, taken).cancel();
      }
    }
    for (Guests.Recording recording : recordings) {
      outcomes.merge(recording.said().outcome().getClass().getSimpleName(), 1, Integer::sum);
    }
    return (System.nanoTime() - start) / 1_000_000 - TIMEOUT.toMillis();
  }
}
