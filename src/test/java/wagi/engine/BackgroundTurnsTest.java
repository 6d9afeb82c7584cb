package wagi.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import wagi.server.Await;

/** Two guests, and a turn for one of them. */
@Timeout(30)
final class BackgroundTurnsTest {
  private final BackgroundTurns turns = new BackgroundTurns(1);
  private final BackgroundTurns.Turn first = turns.new Turn();
  private final BackgroundTurns.Turn second = turns.new Turn();

  /** Starts a thread that takes the second's turn and ends, and waits until it waits. */
  private Thread waiting() {
    Thread thread =
        Thread.ofPlatform()
            .daemon()
            .start(
                () -> {
                  second.begin();
                  second.end();
                });
    Await.until("it waits", () -> thread.getState() == Thread.State.WAITING);
    return thread;
  }

  @Test
  void secondWaitsUntilTheFirstEnds() throws InterruptedException {
    first.begin();
    Thread thread = waiting();
    first.end();

    thread.join();
    assertFalse(thread.isAlive());
  }

  @Test
  void secondHasItsTurnWhenTheFirstHasHadAWhile() {
    first.begin();
    Thread thread = waiting();

    Await.until(
        "it has had its turn",
        () -> {
          first.goOn();
          return !thread.isAlive();
        });
  }

  @Test
  void firstGoesOnWhenNobodyElseWaits() {
    first.begin();
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(60);
    while (System.nanoTime() < end) {
      first.goOn();
    }
    Thread thread = waiting();
    assertEquals(Thread.State.WAITING, thread.getState());
    first.end();
  }

  @Test
  void whoEndsWhileItWaitsTakesNoTurn() throws InterruptedException {
    first.begin();
    Thread.currentThread().interrupt();
    second.begin();
    assertTrue(Thread.interrupted());
    second.end();

    Thread thread = waiting();
    first.end();
    thread.join();
    assertFalse(thread.isAlive());
  }
}
