package wagi.engine;

import java.io.IOException;
import java.io.InputStream;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import run.endive.runtime.WasmRuntimeException;

/**
 * One running guest, as host functions see it: its memory, its standard streams, its limits.
 *
 * <p>Everything but {@link #stop} belongs to the guest's thread.
 */
public final class Guest {
  private enum State {
    RUNNING,
    /** Somebody is interrupting the thread at this moment. */
    STOPPING,
    STOPPED,
    ENDED
  }

  private static final Logger LOG = LoggerFactory.getLogger("wagi.engine");

  /** For modules without a memory, the only ones whose host calls find their guest by thread. */
  private static final ThreadLocal<@Nullable Guest> ON_THREAD = new ThreadLocal<>();

  private final String module;
  private final Invocation invocation;
  private final Limits limits;
  private final Sink sink;
  private final Permit permit;
  private final Thread thread = Thread.currentThread();
  private final AtomicReference<State> state = new AtomicReference<>(State.RUNNING);
  private final Map<Class<?>, AutoCloseable> attachments = new LinkedHashMap<>(4);
  private @Nullable GuestMemory memory;
  private @Nullable InputStream stdin;
  private volatile boolean askedToBeNice;
  private boolean nice;
  private final Set<Bound> bounds = EnumSet.noneOf(Bound.class);
  private long stdoutBytes;
  private long stderrBytes;

  /** Written before the thread is interrupted, read after. */
  private volatile @Nullable Outcome stopReason;

  Guest(String module, Invocation invocation, Limits limits, Sink sink, Permit permit) {
    this.module = module;
    this.invocation = invocation;
    this.limits = limits;
    this.sink = sink;
    this.permit = permit;
    ON_THREAD.set(this);
  }

  /** Returns the name of its module. */
  public String module() {
    return module;
  }

  public Invocation invocation() {
    return invocation;
  }

  public Limits limits() {
    return limits;
  }

  /** Returns the guest's memory; a module without one cannot usefully call the host. */
  public GuestMemory memory() {
    if (memory == null) {
      throw new WasmRuntimeException("the module has no memory that the host could use");
    }
    return memory;
  }

  void use(@Nullable GuestMemory newMemory) {
    memory = newMemory;
    if (newMemory != null) {
      newMemory.attach(this);
    }
  }

  /** Returns its leave to compute, to give back while it waits for something else. */
  public Permit permit() {
    return permit;
  }

  /** Whatever time the host took: the next poll looks up. */
  void lookSoon() {
    if (memory != null) {
      memory.pollsToLook = 0;
    }
  }

  boolean memoryRefused() {
    return memory != null && memory.growthRefused();
  }

  static @Nullable Guest onThisThread() {
    return ON_THREAD.get();
  }

  /** Reads standard input: the number of bytes, or -1 at its end. */
  public int readStdin(byte[] to, int offset, int length) throws IOException {
    return openStdin().read(to, offset, length);
  }

  /** Returns how many bytes of standard input are there to read, 0 at its end. */
  public int availableStdin() throws IOException {
    return openStdin().available();
  }

  private InputStream openStdin() throws IOException {
    if (stdin == null) {
      stdin = invocation.stdin().open();
    }
    return stdin;
  }

  /** Passes output on; ends the guest when it is more than the limit allows. */
  public void writeStdout(byte[] from, int offset, int length) throws IOException {
    stdoutBytes += length;
    if (stdoutBytes > limits.outputBytes()) {
      throw new GuestStopped(new Outcome.OutputLimitReached(limits.outputBytes()));
    }
    sink.stdout(from, offset, length);
    checkStopped();
  }

  /** Passes error output on; what exceeds the limit is dropped without telling the guest. */
  public void writeStderr(byte[] from, int offset, int length) {
    int kept = (int) Math.min(length, Math.max(0, limits.stderrBytes() - stderrBytes));
    stderrBytes += length;
    if (kept < length) {
      heldTo(Bound.STDERR);
    }
    if (kept > 0) {
      sink.stderr(from, offset, kept);
    }
  }

  /**
   * Remembers that a limit was reached. It is told at the end: here, the guest may have used up the
   * stack that telling needs.
   */
  public void heldTo(Bound bound) {
    bounds.add(bound);
  }

  Set<Bound> bounds() {
    return bounds;
  }

  /** Lets the guest wait; a deadline or cancellation ends the wait and the guest. */
  public void sleep(long nanos) throws IOException {
    if (nanos > 0) {
      sink.waiting();
      permit.leave();
      try {
        TimeUnit.NANOSECONDS.sleep(nanos);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw stopped();
      } finally {
        permit.rejoin();
      }
    }
    checkStopped();
  }

  /** Ends the guest with an exit code: unwinds its stack, does not return. */
  public RuntimeException exit(int code) {
    throw new GuestExit(code);
  }

  /** Ends the guest here if somebody wants it to end. */
  public void checkStopped() {
    if (state.get() != State.RUNNING) {
      throw stopped();
    }
  }

  /** Returns what host functions of this kind keep for this guest; closed when the guest ends. */
  public <T extends AutoCloseable> T attachment(Class<T> type, Supplier<T> first) {
    return type.cast(attachments.computeIfAbsent(type, t -> first.get()));
  }

  /** Gives back what the host holds for this guest. */
  @SuppressWarnings("IllegalCatch") // one that fails to close must not keep the others open
  void close() {
    ON_THREAD.remove();
    for (AutoCloseable attachment : attachments.values()) {
      try {
        attachment.close();
      } catch (Exception e) {
        LOG.warn("closing {} after a guest", attachment.getClass().getSimpleName(), e);
      }
    }
    if (stdin != null) {
      closeStdin(stdin);
    }
  }

  private static void closeStdin(InputStream stdin) {
    try {
      stdin.close();
    } catch (IOException e) {
      LOG.warn("closing a request body", e);
    }
  }

  /**
   * Ends the guest from another thread. The interrupt reaches this guest or nobody: {@link #finish}
   * waits for one that is under way.
   */
  boolean stop(Outcome reason) {
    if (!state.compareAndSet(State.RUNNING, State.STOPPING)) {
      return false;
    }
    stopReason = reason;
    thread.interrupt();
    state.set(State.STOPPED);
    return true;
  }

  /** Returns the processor time that the guest's thread has used, for others guests too. */
  long processorNanos() {
    return ProcessorTime.of(thread);
  }

  /** Asks the guest's thread to step behind all others; not to be called after its end. */
  void makeNice() {
    askedToBeNice = true;
  }

  /** The guest looks up from its computing, on its thread. */
  void look() {
    if (askedToBeNice) {
      if (!nice) {
        nice = true;
        Niceness.lower();
      }
      permit.giveWay();
    }
  }

  /** Called once by the guest's thread at its end. Afterwards no interrupt of ours can hit it. */
  @Nullable Outcome finish() {
    if (state.compareAndSet(State.RUNNING, State.ENDED)) {
      return null;
    }
    while (state.get() == State.STOPPING) {
      Thread.onSpinWait();
    }
    Thread.interrupted();
    return stopReason;
  }

  private GuestStopped stopped() {
    while (state.get() == State.STOPPING) {
      Thread.onSpinWait();
    }
    Outcome reason = stopReason;
    return new GuestStopped(reason != null ? reason : new Outcome.Cancelled());
  }
}
