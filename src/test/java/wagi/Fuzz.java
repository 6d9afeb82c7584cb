package wagi;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Tries a property with generated inputs, the same in every run. {@code -Dwagi.test.fuzz=N} tries N
 * times as many, half of them new. A failure names the seed that gives it again: {@code
 * -Dwagi.test.seed=N}.
 */
public final class Fuzz {
  /** No single try may take longer. */
  private static final long PATIENCE_SECONDS = 10;

  private static final long SHRINKING_NANOS = TimeUnit.SECONDS.toNanos(20);
  private static final int MAX_SHOWN = 2000;
  private static final long FIXED_SEED = 20_260_707;

  private final Property property;
  private final Thread.Builder threads = Thread.ofPlatform().daemon().name("fuzz");

  /** What is done with the numbers of one try; it fails by throwing anything. */
  public interface Try {
    void run(SplittableRandom random) throws Exception;
  }

  /** Makes an input. */
  public interface Input {
    byte[] generate(SplittableRandom random);
  }

  /** Holds for an input or throws. What it chooses by chance stays the same while we shrink. */
  public interface Property {
    void check(byte[] input, SplittableRandom random) throws Exception;
  }

  private Fuzz(Property property) {
    this.property = property;
  }

  /** Tries what makes its own input. */
  public static void tries(int tries, Try one) {
    new Fuzz((input, random) -> one.run(random)).run(tries, null);
  }

  /** Tries inputs of bytes. One that fails is made smaller for as long as it fails the same way. */
  public static void bytes(int tries, Input input, Property property) {
    new Fuzz(property).run(tries, input);
  }

  private void run(int tries, @Nullable Input input) {
    int times = Integer.getInteger("wagi.test.fuzz", 1);
    long all = (long) tries * times;
    long seed = Long.getLong("wagi.test.seed", FIXED_SEED);
    if (seed != FIXED_SEED || times == 1) {
      run(seed, all, input);
      return;
    }
    run(FIXED_SEED, (all + 1) / 2, input);
    run(System.nanoTime(), all / 2, input);
  }

  private void run(long firstSeed, long tries, @Nullable Input input) {
    Series series = new Series(firstSeed, tries, input);
    FutureTask<Boolean> task = new FutureTask<>(series);
    Thread thread = threads.start(task);
    Throwable failure = null;
    while (!task.isDone() && failure == null) {
      long before = series.seed;
      Throwable ended = outcome(task);
      if (ended != null && !(ended instanceof TimeoutException && series.seed != before)) {
        failure = ended instanceof TimeoutException ? stuck(thread) : ended;
      }
    }
    if (failure == null) {
      failure = outcome(task);
    }
    if (failure != null) {
      throw new AssertionError(description(series, failure), failure);
    }
  }

  private static TimeoutException stuck(Thread thread) {
    TimeoutException stuck = new TimeoutException("longer than " + PATIENCE_SECONDS + " s");
    stuck.setStackTrace(thread.getStackTrace());
    return stuck;
  }

  private String description(Series series, Throwable failure) {
    String text = failure + "\nagain with -Dwagi.test.seed=" + series.seed + " -Dwagi.test.fuzz=1";
    byte[] input = series.made;
    if (input == null) {
      return text;
    }
    // Each smaller one that is stuck too would go on computing.
    boolean stuck = failure instanceof TimeoutException;
    byte[] smaller = stuck ? input : shrunk(input, series.seed, failure);
    return text
        + "\ninput of "
        + smaller.length
        + " bytes: "
        + shown(smaller)
        + "\nin hex: "
        + HexFormat.of().formatHex(smaller, 0, Math.min(MAX_SHOWN, smaller.length));
  }

  private static String shown(byte[] input) {
    String text = new String(input, 0, Math.min(MAX_SHOWN, input.length), ISO_8859_1);
    return text.chars()
        .mapToObj(c -> c >= ' ' && c < 0x7f ? Character.toString(c) : String.format("\\x%02x", c))
        .reduce("", String::concat);
  }

  private byte[] shrunk(byte[] failing, long seed, Throwable failure) {
    long end = System.nanoTime() + SHRINKING_NANOS;
    byte[] best = failing;
    for (int part = Math.max(1, best.length / 2); part > 0; part /= 2) {
      for (int at = 0; at + part <= best.length && System.nanoTime() < end; ) {
        byte[] smaller = without(best, at, part);
        FutureTask<Boolean> task = new FutureTask<>(new Series(seed, 1, random -> smaller));
        threads.start(task);
        Throwable again = outcome(task);
        if (again != null && place(again).equals(place(failure))) {
          best = smaller;
        } else {
          at += part;
        }
      }
    }
    return best;
  }

  /** What was thrown, and where in our code: another failure is not a smaller one. */
  private static String place(Throwable failure) {
    return failure.getClass()
        + Arrays.stream(failure.getStackTrace())
            .filter(frame -> frame.getClassName().startsWith("wagi."))
            .findFirst()
            .map(StackTraceElement::toString)
            .orElse("");
  }

  private static byte[] without(byte[] bytes, int at, int length) {
    byte[] rest = Arrays.copyOf(bytes, bytes.length - length);
    System.arraycopy(bytes, at + length, rest, at, rest.length - at);
    return rest;
  }

  private static @Nullable Throwable outcome(FutureTask<Boolean> task) {
    try {
      task.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      return null;
    } catch (ExecutionException e) {
      return e.getCause();
    } catch (TimeoutException e) {
      return e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return e;
    }
  }

  /** Tries with seeds that follow one another, so that any of them can be the first again. */
  private final class Series implements java.util.concurrent.Callable<Boolean> {
    private final long firstSeed;
    private final long tries;
    private final @Nullable Input input;
    volatile long seed;
    volatile byte @Nullable [] made;

    Series(long firstSeed, long tries, @Nullable Input input) {
      this.firstSeed = firstSeed;
      this.seed = firstSeed;
      this.tries = tries;
      this.input = input;
    }

    @Override
    public Boolean call() throws Exception {
      for (long i = 0; i < tries; i++) {
        seed = firstSeed + i;
        SplittableRandom random = new SplittableRandom(seed);
        SplittableRandom ofProperty = random.split();
        made = null;
        byte[] bytes = input == null ? new byte[0] : input.generate(random);
        made = input == null ? null : bytes;
        property.check(bytes.clone(), ofProperty);
      }
      return true;
    }
  }
}
