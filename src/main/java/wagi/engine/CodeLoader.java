package wagi.engine;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import run.endive.compiler.InterpreterFallback;
import run.endive.compiler.internal.ByteClassCollector;
import run.endive.compiler.internal.Compiler;
import run.endive.compiler.internal.CompilerResult;
import run.endive.wasm.Parser;
import run.endive.wasm.WasmEngineException;
import run.endive.wasm.WasmModule;

/**
 * Makes a module's code: from what a cache has of it, or by compiling it. What a cache has is
 * complete: nothing is compiled, changed or checked again, and the instructions are not even read.
 */
final class CodeLoader {
  private static final Logger LOG = LoggerFactory.getLogger("wagi.engine");

  /** Off, the compiler's classes run as they are: slower, and what ours are tested against. */
  static final boolean FINISHED = !"off".equals(System.getProperty("wagi.engine.finishing"));

  private static final Parser CHECKED_BEFORE = Parser.builder().withValidation(false).build();

  private final Linker linker;
  private final @Nullable CodeCache cache;
  private final CodeVerification verification;

  /** Takes a cache, or null to compile everything. */
  CodeLoader(Linker linker, @Nullable CodeCache cache, CodeVerification verification) {
    this.linker = linker;
    this.cache = cache;
    this.verification = verification;
  }

  CompiledCode load(byte[] wasm, String sha256) throws ModuleRefusedException {
    verification.beginLoading();
    try {
      CompiledCode cached = cache == null ? null : cached(cache, wasm, sha256);
      return cached == null ? compiled(wasm, sha256) : cached;
    } finally {
      verification.endLoading();
    }
  }

  private @Nullable CompiledCode cached(CodeCache cache, byte[] wasm, String sha256)
      throws ModuleRefusedException {
    byte[] content = cache.get(sha256);
    if (content == null) {
      return null;
    }
    try {
      CompiledClasses classes = CompiledClasses.fromBytes(content);
      GeneratedCode generated = GeneratedCode.of(classes.mainClass(), classes.classes());
      CompiledCode code = code(wasm, classes, generated, CodeOrigin.CACHED);
      verification.add(generated, content.length);
      return code;
    } catch (IOException | LinkageError | WasmEngineException | IllegalStateException e) {
      LOG.warn(
          "the code cache's entry of module {} cannot be used: {}; the module is compiled again",
          sha256,
          e.toString());
      return null;
    }
  }

  private CompiledCode compiled(byte[] wasm, String sha256) throws ModuleRefusedException {
    CompiledClasses classes;
    try {
      classes = compile(wasm);
    } catch (OutOfMemoryError e) {
      // What it took is garbage now; the modules that are served have theirs.
      throw new ModuleRefusedException(
          "cannot be compiled: it takes more memory than there is; give the JVM more (-Xmx), or split"
              + " the module",
          e);
    }
    GeneratedCode generated = GeneratedCode.of(classes.mainClass(), classes.classes());
    generated.defineAll();
    CompiledCode code;
    try {
      code = code(wasm, classes, generated, CodeOrigin.COMPILED);
    } catch (WasmEngineException e) {
      throw new ModuleRefusedException("cannot be compiled: " + e.getMessage(), e);
    }
    // Only what the JVM has verified and a first instance has used is kept.
    if (cache != null) {
      cache.put(sha256, classes.toBytes());
    }
    return code;
  }

  /** The parsed module, many times the size of its file, is garbage when this returns. */
  private CompiledClasses compile(byte[] wasm) throws ModuleRefusedException {
    WasmModule module = ModuleCheck.parse(wasm);
    linker.link(module);
    try {
      CompilerResult result =
          Compiler.builder(module)
              .withInterpreterFallback(InterpreterFallback.SILENT)
              .withClassCollectorFactory(ByteClassCollector::new)
              .build()
              .compile();
      String mainClass = result.collector().mainClassName();
      return new CompiledClasses(
          mainClass,
          finished(mainClass, result.classBytes()),
          new TreeSet<>(result.interpretedFunctions()),
          ReuseScan.obstacle(module));
    } catch (WasmEngineException e) {
      throw new ModuleRefusedException("cannot be compiled: " + e.getMessage(), e);
    } catch (StackOverflowError e) {
      throw new ModuleRefusedException("cannot be compiled: nested too deeply", e);
    }
  }

  private static SequencedMap<String, ByteBuffer> finished(
      String mainClass, Map<String, byte[]> classes) {
    SequencedMap<String, ByteBuffer> finished = new LinkedHashMap<>();
    if (FINISHED) {
      CodeFinishing finishing = new CodeFinishing(mainClass.replace('.', '/'));
      classes.forEach(
          (name, bytes) -> finished.put(name, ByteBuffer.wrap(finishing.finish(bytes))));
    } else {
      classes.forEach((name, bytes) -> finished.put(name, ByteBuffer.wrap(bytes)));
    }
    return finished;
  }

  private CompiledCode code(
      byte[] wasm, CompiledClasses classes, GeneratedCode generated, CodeOrigin origin)
      throws ModuleRefusedException {
    SortedSet<Integer> interpreted = classes.interpretedFunctions();
    ModuleSkeleton skeleton = new ModuleSkeleton(wasm, interpreted);
    WasmModule module = CHECKED_BEFORE.parse(() -> new ByteArrayInputStream(skeleton.bytes()));
    return new CompiledCode(
        StrippedModule.of(module, interpreted),
        module.startSection().map(section -> (int) section.startIndex()),
        linker.link(module),
        generated,
        new CompiledCode.Findings(classes.reuseObstacle(), skeleton.interpretedBytes(), origin));
  }
}
