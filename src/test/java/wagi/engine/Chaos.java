package wagi.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A host whose calls fail, do less than they were asked to, or stall, by chance. What goes wrong
 * for a guest depends on its invocation alone, so a seed gives the same again.
 */
record Chaos(HostModule host) implements HostModule {
  private enum Fault {
    /** Not done. */
    REFUSED,
    /** Done, and said not to be. */
    DISOWNED,
    SHORT,
    SLOW,
    /** Beyond every deadline; others may compute meanwhile. */
    STUCK_ASLEEP,
    /** As above, and nobody else may compute meanwhile. */
    STUCK_AT_WORK
  }

  /** EAGAIN, EBADF, EINTR, EINVAL, EIO, ENOMEM, ENOSPC, EPIPE. */
  private static final int[] ERRNOS = {6, 8, 27, 28, 29, 48, 51, 64};

  private static final List<Fault> PASSING =
      List.of(Fault.REFUSED, Fault.DISOWNED, Fault.SHORT, Fault.SLOW);

  private static final int STUCK_ONE_IN = 40;
  private static final long FOR_EVER_NANOS = TimeUnit.MINUTES.toNanos(10);
  private static final int MAX_IOVECS = 1024;

  /** Standard input, and beside it how the host treats whoever reads it. */
  static final class Luck implements Input {
    private final byte[] stdin;
    private final SplittableRandom random;
    private final int percent;
    final AtomicInteger faults = new AtomicInteger();

    Luck(String stdin, long seed, int percent) {
      this.stdin = stdin.getBytes(UTF_8);
      this.random = new SplittableRandom(seed);
      this.percent = percent;
    }

    @Override
    public InputStream open() {
      return new ByteArrayInputStream(stdin);
    }

    private boolean runsOut() {
      boolean out = random.nextInt(100) < percent;
      if (out) {
        faults.incrementAndGet();
      }
      return out;
    }

    private Fault fault() {
      if (random.nextInt(STUCK_ONE_IN) == 0) {
        return random.nextBoolean() ? Fault.STUCK_ASLEEP : Fault.STUCK_AT_WORK;
      }
      return PASSING.get(random.nextInt(PASSING.size()));
    }

    private long errno() {
      return ERRNOS[random.nextInt(ERRNOS.length)];
    }

    private int lessThan(int length) {
      return length <= 0 ? length : random.nextInt(length);
    }
  }

  @Override
  public String name() {
    return host.name();
  }

  @Override
  public List<HostFunction> functions() {
    return host.functions().stream().map(Chaos::around).toList();
  }

  @Override
  public String resultText(HostFunction function, long result) {
    return host.resultText(function, result);
  }

  private static HostFunction around(HostFunction function) {
    return new HostFunction(
        function.name(), function.type(), (guest, a) -> call(function, guest, a));
  }

  /** A guest whose standard input is of another kind is treated well. */
  private static long call(HostFunction function, Guest guest, long[] a) {
    if (!(guest.invocation().stdin() instanceof Luck luck) || !luck.runsOut()) {
      return function.call().call(guest, a);
    }
    return switch (luck.fault()) {
      case REFUSED -> luck.errno();
      case DISOWNED -> {
        long unused = function.call().call(guest, a);
        yield luck.errno();
      }
      case SHORT -> less(function, guest, a, luck);
      case SLOW -> {
        sleep(guest, TimeUnit.MICROSECONDS.toNanos(luck.random.nextInt(5_000)));
        yield function.call().call(guest, a);
      }
      case STUCK_ASLEEP -> {
        sleep(guest, FOR_EVER_NANOS);
        yield luck.errno();
      }
      case STUCK_AT_WORK -> {
        work(guest);
        yield luck.errno();
      }
    };
  }

  private static void sleep(Guest guest, long nanos) {
    try {
      guest.sleep(nanos);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void work(Guest guest) {
    try {
      TimeUnit.NANOSECONDS.sleep(FOR_EVER_NANOS);
    } catch (InterruptedException e) {
      guest.checkStopped();
    }
    throw new AssertionError("interrupted, and not stopped");
  }

  private static long less(HostFunction function, Guest guest, long[] a, Luck luck) {
    return switch (function.name()) {
      case "fd_read", "fd_write", "fd_pread", "fd_pwrite" -> lessOfIovecs(function, guest, a, luck);
      case "fd_readdir" -> lessOfBuffer(function, guest, a, 2, luck);
      case "path_readlink" -> lessOfBuffer(function, guest, a, 4, luck);
      default -> function.call().call(guest, a);
    };
  }

  private static long lessOfBuffer(
      HostFunction function, Guest guest, long[] a, int length, Luck luck) {
    long[] shorter = a.clone();
    shorter[length] = luck.lessThan((int) a[length]);
    return function.call().call(guest, shorter);
  }

  /**
   * Shortens one of the ranges, leaves out those after it, and has them as they were afterwards.
   */
  private static long lessOfIovecs(HostFunction function, Guest guest, long[] a, Luck luck) {
    GuestMemory memory = guest.memory();
    int iovecs = (int) a[1];
    int count = (int) a[2];
    if (count <= 0 || count > MAX_IOVECS || !memory.contains(iovecs, count * 8)) {
      return function.call().call(guest, a);
    }
    long[] fewer = a.clone();
    int kept = 1 + luck.random.nextInt(count);
    fewer[2] = kept;
    int last = iovecs + 8 * (kept - 1) + 4;
    int length = memory.readInt(last);
    memory.writeI32(last, luck.lessThan(length));
    try {
      return function.call().call(guest, fewer);
    } finally {
      memory.writeI32(last, length);
    }
  }
}
