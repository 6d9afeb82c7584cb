package wagi.server;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wagi.config.Inputs;
import wagi.config.Problem;

/**
 * Reloads when asked to, and when files change that are watched. It asks the file system again and
 * again: notifications are missing on network and container mounts.
 */
public final class Reloader implements AutoCloseable {
  /** What is watched. */
  public enum Watching {
    /** The files of {@code --conf-dir} and what they name. */
    FRAGMENTS,
    /** Those, and all the others. */
    ALL
  }

  private static final Logger LOG = LoggerFactory.getLogger("wagi.server");
  private static final long POLL_NANOS = Duration.ofMillis(250).toNanos();

  /** Looking at many files takes long, and must not become all we do. */
  private static final int POLLS_SHARE = 20;

  private static final long RETRY_NANOS = Duration.ofSeconds(15).toNanos();
  private static final int UNSETTLED_POLLS_MAX = 20;

  private final WagiServer server;
  private final ConfigurationSource source;
  private final Watching watching;
  private final Semaphore asked = new Semaphore(0);
  private final Thread thread = new Thread(this::run, "reload");
  private Inputs inputs;
  private FileStamps seen;
  private long pollNanos = POLL_NANOS;
  private long retryAt;
  private boolean retrying;
  private List<Problem> reported = List.of();
  private volatile boolean closed;

  /**
   * @param inputs of the reading that the server was started from
   */
  public Reloader(WagiServer server, ConfigurationSource source, Inputs inputs, Watching watching) {
    this.server = server;
    this.source = source;
    this.inputs = inputs;
    this.watching = watching;
    seen = FileStamps.of(watched());
    thread.setDaemon(true);
  }

  public void start() {
    thread.start();
  }

  /** Reloads soon; several requests may become one. */
  public void request() {
    asked.release();
  }

  /** No reload begins from now on. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }

  private Set<Path> watched() {
    Set<Path> files = new LinkedHashSet<>(inputs.fragments());
    if (watching == Watching.ALL) {
      files.addAll(inputs.server());
    }
    return files;
  }

  @SuppressWarnings("IllegalCatch") // a defect in what reads new files is no reason to end
  private void run() {
    try {
      while (!closed) {
        try {
          look();
        } catch (RuntimeException e) {
          LOG.error("reload: it failed; what was served is served on", e);
          pollNanos = RETRY_NANOS;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() throws InterruptedException {
    if (asked.tryAcquire(pollNanos, TimeUnit.NANOSECONDS)) {
      asked.drainPermits();
      reload(true, true);
    } else if (!stamps().equals(seen)) {
      awaitSettled();
      reload(watching == Watching.ALL, false);
    } else if (retrying && System.nanoTime() - retryAt > 0) {
      reload(watching == Watching.ALL, false);
    }
  }

  private FileStamps stamps() {
    long start = System.nanoTime();
    FileStamps stamps = FileStamps.of(watched());
    pollNanos = Math.max(POLL_NANOS, (System.nanoTime() - start) * POLLS_SHARE);
    return stamps;
  }

  /** A file that is being written changes again: wait until all look the same twice. */
  private void awaitSettled() throws InterruptedException {
    FileStamps before = stamps();
    for (int i = 0; i < UNSETTLED_POLLS_MAX; i++) {
      TimeUnit.NANOSECONDS.sleep(pollNanos);
      FileStamps after = stamps();
      if (after.equals(before)) {
        return;
      }
      before = after;
    }
  }

  private void reload(boolean all, boolean askedFor) {
    FileStamps before = stamps();
    seen = before;
    Inputs looked = new Inputs();
    if (!all) {
      looked.server().addAll(inputs.server());
    }
    Reload reload = server.reload(source, looked, all);
    inputs = looked;
    seen = before.onlyOf(watched());
    retrying = !reload.listening();
    retryAt = System.nanoTime() + RETRY_NANOS;
    report(reload, askedFor);
  }

  private void report(Reload reload, boolean askedFor) {
    List<Problem> problems = reload.problems();
    if (!problems.isEmpty() && (askedFor || reload.changed() || !problems.equals(reported))) {
      LOG.error(
          "reload: {}; what they concern is served as before:\n{}",
          problems.size() == 1 ? "1 problem" : problems.size() + " problems",
          problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    } else if (problems.isEmpty() && (askedFor || reload.changed() || !reported.isEmpty())) {
      LOG.info(
          "reloaded: {}{}", server.assembly().moduleNames(), reload.changed() ? "" : ", as before");
    }
    reported = problems;
  }
}
