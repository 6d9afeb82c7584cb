package wagi.engine;

import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loads modules and runs guests. */
public final class Engine implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("wagi.engine");

  /** What compiled code may take on disk, over all variants. */
  private static final long CODE_CACHE_BYTES = 512L << 20;

  private static final int MAX_INTERPRETED_SHOWN = 5;

  private final CodeVerification verification = new CodeVerification();
  private final CodeLoader loader;
  private final Scheduler scheduler;

  /** Compiled code by digest, as long as a module uses it: the same bytes compile once. */
  private final Map<String, CodeSlot> code = new ConcurrentHashMap<>();

  /** Pools by the module that uses them. One whose module nobody has any more is emptied. */
  private final Map<InstancePool, WeakReference<GuestModule>> pools = new ConcurrentHashMap<>();

  final MemoryBudget budget = MemoryBudget.ofHeap();

  /** Since the last {@link #cleanUp}. */
  private volatile boolean compiled;

  private final @Nullable CodeCache cache;

  /** Builds an engine with its guest threads. */
  public Engine(EngineSettings settings) {
    Linker linker = new Linker(settings.hostModules(), settings.trace());
    cache = cache(settings.codeCache());
    loader = new CodeLoader(linker, cache, verification);
    scheduler = new Scheduler(settings.threads(), settings.guests(), this::trim);
  }

  private static @Nullable CodeCache cache(@Nullable Path directory) {
    return directory == null
        ? null
        : CodeCache.in(directory, CodeVariant.name(CodeLoader.FINISHED), CODE_CACHE_BYTES);
  }

  /** Does what takes time and needs no settings, for the first engine to find it done. */
  public static void prepare() {
    CodeVariant.name(CodeLoader.FINISHED);
  }

  /** Returns what was kept beside the compiled code under this digest, or null. */
  public byte @Nullable [] kept(String sha256) {
    return cache == null ? null : cache.get(sha256);
  }

  /** Keeps something beside the compiled code, for the next start to find. */
  public void keep(String sha256, byte[] content) {
    if (cache != null) {
      cache.put(sha256, content);
    }
  }

  /** Parses, checks, compiles and links a module on the calling thread. */
  public GuestModule load(String name, byte[] wasm, Limits limits, Instances instances)
      throws ModuleRefusedException {
    if (wasm.length > ModuleCheck.MAX_BYTES) {
      throw new ModuleRefusedException(
          "the module has " + wasm.length + " bytes, the most is " + ModuleCheck.MAX_BYTES);
    }
    code.values().removeIf(CodeSlot::isLeft);
    String sha256 = digest(wasm);
    CodeSlot.Held held =
        code.computeIfAbsent(sha256, d -> new CodeSlot()).get(() -> loader.load(wasm, sha256));
    CompiledCode shared = held.code();
    long initial = shared.initialMemoryBytes();
    if (initial > limits.memoryBytes()) {
      throw new ModuleRefusedException(
          "begins with "
              + initial
              + " bytes of memory, the limit is "
              + limits.memoryBytes()
              + "; raise limits.memory");
    }
    InstancePool pool =
        new InstancePool(shared, limits.memoryBytes(), budget, reuse(name, shared, instances));
    warnOfInterpreted(name, shared.interpreted());
    GuestModule module = new GuestModule(name, shared, limits, pool, held.origin());
    pools.put(pool, new WeakReference<>(module));
    if (held.origin() == CodeOrigin.COMPILED) {
      compiled = true;
    }
    return module;
  }

  /**
   * Has the JVM collect what compiling left, many times the modules' size: a heap that has grown
   * for it would stay so large. Stops everything meanwhile.
   */
  public void cleanUp() {
    if (compiled) {
      compiled = false;
      System.gc();
    }
  }

  private static InstancePool.Reuse reuse(String name, CompiledCode compiled, Instances instances) {
    if (instances == Instances.FRESH) {
      return InstancePool.Reuse.NOTHING;
    }
    String obstacle = compiled.reuseObstacle();
    if (obstacle == null) {
      return InstancePool.Reuse.INSTANCE;
    }
    LOG.info("module {} gets a new instance for every request: {}", name, obstacle);
    return InstancePool.Reuse.MEMORY;
  }

  private void trim() {
    long now = System.nanoTime();
    pools.forEach(
        (pool, module) -> {
          if (module.refersTo(null)) {
            pools.remove(pool);
            pool.empty();
          } else {
            pool.trim(now);
          }
        });
    budget.trim(now);
  }

  /** Returns how much memory guests have, and instances that wait for one. */
  long memoryBytes() {
    return budget.allocated();
  }

  /** Takes an invocation, or says at once why not. Never blocks. */
  public Submission submit(GuestModule module, Invocation invocation, Sink sink) {
    long left = module.limits().environmentBytes() - Environment.bytes(invocation.arguments());
    if (!invocation.environment().isWithin(left)) {
      return Rejection.ENVIRONMENT_TOO_LARGE;
    }
    Run run = new Run(module, invocation, sink, scheduler);
    Rejection rejection = scheduler.submit(run);
    return rejection == null ? run : rejection;
  }

  /**
   * Returns whether guests start and end as they should. Many and slow ones do not make it false.
   *
   * @param lately how long nothing may happen before it is asked why
   */
  public boolean moves(Duration lately) {
    return scheduler.moves(lately);
  }

  public static String digest(byte[] wasm) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(wasm));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }

  @Override
  public void close() {
    verification.close();
    scheduler.close();
  }

  private static void warnOfInterpreted(String name, List<FunctionSize> functions) {
    if (functions.isEmpty()) {
      return;
    }
    StringJoiner largest = new StringJoiner(", ");
    functions.stream()
        .sorted(Comparator.comparingInt(FunctionSize::bytes).reversed())
        .limit(MAX_INTERPRETED_SHOWN)
        .forEach(function -> largest.add(function.name() + " (" + function.bytes() + " bytes)"));
    LOG.warn(
        "module {} has {} too large for a method of the JVM, interpreted and so many times slower:"
            + " {}; split what is so large, or build for size",
        name,
        functions.size() == 1 ? "a function" : functions.size() + " functions",
        largest);
  }

  /** Loads once for all who ask at the same time, and forgets when nobody uses it. */
  private static final class CodeSlot {
    private interface Source {
      CompiledCode load() throws ModuleRefusedException;
    }

    private record Held(CompiledCode code, CodeOrigin origin) {}

    private volatile @Nullable WeakReference<CompiledCode> held;

    /** Whether the code was used once and is not any more. */
    boolean isLeft() {
      WeakReference<CompiledCode> reference = held;
      return reference != null && reference.get() == null;
    }

    synchronized Held get(Source source) throws ModuleRefusedException {
      WeakReference<CompiledCode> reference = held;
      CompiledCode present = reference == null ? null : reference.get();
      if (present != null) {
        return new Held(present, CodeOrigin.SHARED);
      }
      CompiledCode loaded = source.load();
      held = new WeakReference<>(loaded);
      return new Held(loaded, loaded.origin());
    }
  }
}
