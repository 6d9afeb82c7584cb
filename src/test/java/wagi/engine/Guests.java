package wagi.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import wagi.wasi.WasiPreview1;
import wagi.wasi.WasiUnstable;

/** Runs the test guests and samples on an engine of its own. */
public final class Guests implements AutoCloseable {
  public static final Limits LIMITS =
      new Limits(
          Duration.ofSeconds(20),
          16,
          Duration.ofSeconds(5),
          16 << 20,
          1 << 20,
          64 << 10,
          16,
          128 << 10,
          8);

  private final Engine engine;

  public Guests() {
    this(2, 8);
  }

  public Guests(int threads, int guests) {
    this(threads, guests, List.of(WasiPreview1.module(), WasiUnstable.module()));
  }

  /** Takes other hosts than the usual ones. */
  Guests(int threads, int guests, List<HostModule> hosts) {
    engine = new Engine(new EngineSettings(threads, guests, hosts, null));
  }

  /** Keeps compiled code in this directory. */
  public Guests(Path codeCache) {
    List<HostModule> hosts = List.of(WasiPreview1.module(), WasiUnstable.module());
    engine = new Engine(new EngineSettings(2, 8, hosts, null, codeCache));
  }

  /** What a guest said, and how it ended. */
  public record Said(String stdout, String stderr, Outcome outcome) {}

  public Engine engine() {
    return engine;
  }

  public GuestModule load(String name) throws ModuleRefusedException {
    return load(name, LIMITS);
  }

  public GuestModule load(String name, Limits limits) throws ModuleRefusedException {
    return engine.load(name, bytes(name), limits, Instances.POOLED);
  }

  public Said run(String name) throws ModuleRefusedException {
    return run(load(name), invocation("_start", ""));
  }

  public Said run(String name, Limits limits) throws ModuleRefusedException {
    return run(load(name, limits), invocation("_start", ""));
  }

  public Said run(GuestModule module, Invocation invocation) {
    Recording recording = new Recording();
    if (engine.submit(module, invocation, recording) instanceof Rejection rejection) {
      throw new AssertionError("rejected: " + rejection);
    }
    return recording.said();
  }

  public static Invocation invocation(String entrypoint, String stdin) {
    return new Invocation(
        entrypoint,
        List.of("/"),
        List.of("REQUEST_METHOD=GET"),
        () -> new ByteArrayInputStream(stdin.getBytes(UTF_8)),
        List.of());
  }

  public static Limits timeout(Duration timeout) {
    return new Limits(
        timeout,
        LIMITS.queue(),
        LIMITS.queueTimeout(),
        LIMITS.memoryBytes(),
        LIMITS.outputBytes(),
        LIMITS.stderrBytes(),
        LIMITS.openFiles(),
        LIMITS.environmentBytes(),
        LIMITS.concurrency());
  }

  public static byte[] bytes(String name) {
    Path guest = Path.of("src/test/guests", name + ".wasm");
    try {
      return Files.readAllBytes(Files.exists(guest) ? guest : Path.of("samples", name + ".wasm"));
    } catch (IOException e) {
      throw new AssertionError("no guest " + name + "; samples/build.sh builds them", e);
    }
  }

  @Override
  public void close() {
    engine.close();
  }

  /** Remembers what it hears. */
  public static final class Recording implements Sink {
    private final ByteArrayOutputStream stdout = new ByteArrayOutputStream();
    private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();
    private final CompletableFuture<Outcome> ended = new CompletableFuture<>();
    private final CompletableFuture<String> firstWait = new CompletableFuture<>();
    private final Set<Bound> bounds = ConcurrentHashMap.newKeySet();

    @Override
    public void stdout(byte[] bytes, int offset, int length) {
      stdout.write(bytes, offset, length);
    }

    @Override
    public void stderr(byte[] bytes, int offset, int length) {
      stderr.write(bytes, offset, length);
    }

    @Override
    public void waiting() {
      firstWait.complete(stdout.toString(UTF_8));
    }

    @Override
    public void heldTo(Bound bound) {
      bounds.add(bound);
    }

    @Override
    public void ended(Outcome outcome) {
      ended.complete(outcome);
    }

    /** Returns what it was held to, once it has ended. */
    Set<Bound> bounds() {
      said();
      return bounds;
    }

    /** Waits for the guest's first wait and returns what it had said by then. */
    public String saidBeforeWaiting() {
      return firstWait.orTimeout(20, java.util.concurrent.TimeUnit.SECONDS).join();
    }

    /** Returns how it has ended, or null if it has not. */
    public @Nullable Outcome outcomeNow() {
      return ended.getNow(null);
    }

    public Said said() {
      Outcome outcome = ended.orTimeout(30, java.util.concurrent.TimeUnit.SECONDS).join();
      return new Said(stdout.toString(UTF_8), stderr.toString(UTF_8), outcome);
    }
  }
}
