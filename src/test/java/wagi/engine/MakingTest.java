package wagi.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who is given a new large array next. */
final class MakingTest {
  private static final int GIVEN_NOTHING = 0;

  private final AtomicLong now = new AtomicLong();
  private final Making making = new Making(now::get);
  private final AtomicInteger left = new AtomicInteger();
  private final BlockingQueue<Integer> begun = new LinkedBlockingQueue<>();

  @AfterEach
  void nobodyWaits() {
    assertEquals(0, making.waiting());
  }

  @Test
  void oneBeginsAtATime() {
    assertTrue(making.tryBegin(false));
    assertFalse(making.tryBegin(false));
    making.end();
    assertTrue(making.tryBegin(false));
  }

  @Test
  void whoWantsTheMostIsNext() throws InterruptedException {
    assertTrue(making.tryBegin(false));
    begin(16);
    begin(64);
    begin(32);

    assertEquals(List.of(64, 32, 16), inTurn(3));
  }

  @Test
  void whoHasWaitedLongIsNext() throws InterruptedException {
    assertTrue(making.tryBegin(false));
    begin(16);
    now.addAndGet(Duration.ofSeconds(6).toNanos());
    begin(64);
    begin(32);

    assertEquals(List.of(16, 64, 32), inTurn(3));
  }

  @Test
  void whoIsInterruptedLetsTheOthersPass() throws InterruptedException {
    assertTrue(making.tryBegin(false));
    Thread largest = begin(64);
    begin(32);
    largest.interrupt();
    largest.join();

    assertEquals(List.of(32), inTurn(1));
  }

  @Test
  void afterOneThatTookLongNobodyBeginsForFourTimesAsLong() throws InterruptedException {
    assertTrue(making.tryBegin(false));
    making.made(Duration.ofMillis(100).toNanos());
    making.end();
    now.addAndGet(Duration.ofMillis(399).toNanos());
    assertFalse(making.tryBegin(false));

    now.addAndGet(Duration.ofMillis(1).toNanos());
    assertTrue(making.tryBegin(false));
  }

  @Test
  void whoseModuleFailsBeginsAfterNearlyAThousandTimesAsLong() throws InterruptedException {
    assertTrue(making.tryBegin(false));
    making.made(Duration.ofMillis(100).toNanos());
    making.end();
    now.addAndGet(Duration.ofMillis(99_899).toNanos());
    assertFalse(making.tryBegin(true));

    now.addAndGet(Duration.ofMillis(1).toNanos());
    assertTrue(making.tryBegin(true));
    making.end();
  }

  @Test
  void whoseModuleFailsDoesNotStandBeforeTheOthers() throws InterruptedException {
    assertTrue(making.tryBegin(false));
    making.made(Duration.ofMillis(100).toNanos());
    begin(64, true);
    now.addAndGet(Duration.ofMillis(500).toNanos());
    begin(16, false);
    making.end();
    assertEquals(16, begun.take());

    now.addAndGet(Duration.ofMillis(500).toNanos());
    making.end();
    assertEquals(GIVEN_NOTHING, begun.take());
  }

  @Test
  void afterAShortOneTheNextBeginsAtOnce() {
    assertTrue(making.tryBegin(false));
    making.made(Duration.ofMillis(50).toNanos());
    making.end();

    assertTrue(making.tryBegin(false));
  }

  @Test
  void whoWaitsBeginsWhenTheRestIsOver() throws InterruptedException {
    assertTrue(making.tryBegin(false));
    making.made(Duration.ofMillis(100).toNanos());
    begin(16);
    making.end();
    now.addAndGet(Duration.ofMillis(400).toNanos());

    assertEquals(16, begun.take());
  }

  @Test
  void whoFindsOneThatWasLeftWaitsNeitherForItsTurnNorForTheRest() throws InterruptedException {
    assertTrue(making.tryBegin(false));
    making.made(Duration.ofHours(1).toNanos());
    begin(64);
    begin(16);
    making.end();
    left.set(16);
    making.look();
    assertEquals(16, begun.take());

    left.set(64);
    making.end();
    assertEquals(64, begun.take());
  }

  @Test
  void whoseModuleFailsWaitsASecond() throws InterruptedException {
    assertTrue(making.tryBegin(false));
    begin(64, true);
    begin(32, false);
    now.addAndGet(Duration.ofMillis(1001).toNanos());
    making.look();

    assertEquals(GIVEN_NOTHING, begun.take());
    assertEquals(List.of(32), inTurn(1));
  }

  @Test
  void whoseModuleFailsTakesWhatIsLeftWhenNobodyElseWaits() throws InterruptedException {
    making.made(Duration.ofHours(1).toNanos());
    Thread other = begin(32, false);
    left.set(64);
    begin(64, true);
    assertEquals(2, making.waiting());

    other.interrupt();
    assertEquals(64, begun.take());
  }

  private Thread begin(int wanted) {
    return begin(wanted, false);
  }

  private Thread begin(int wanted, boolean rationed) {
    int before = making.waiting();
    Thread thread =
        Thread.ofPlatform()
            .daemon()
            .start(
                () -> {
                  try {
                    boolean given = making.begin(wanted, rationed, () -> left.get() == wanted);
                    begun.add(given ? wanted : GIVEN_NOTHING);
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });
    while (making.waiting() == before) {
      Thread.onSpinWait();
    }
    return thread;
  }

  private List<Integer> inTurn(int count) throws InterruptedException {
    Integer[] order = new Integer[count];
    for (int i = 0; i < count; i++) {
      making.end();
      order[i] = begun.take();
    }
    assertEquals(0, begun.size());
    return List.of(order);
  }
}
