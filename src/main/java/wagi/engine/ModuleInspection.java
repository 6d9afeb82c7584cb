package wagi.engine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Looks at a module as loading it would, and says what it is and whether it would run. */
public final class ModuleInspection {
  private static final String START = "_start";
  private static final String INITIALIZE = "_initialize";
  private static final String NOTHING_TO_NOTHING = "() -> ()";
  private static final String NO_ENTRYPOINT =
      "exports no function without parameters and results that a request could start, such as"
          + " _start; build a command";
  private static final int LAYER_AT = 6;
  private static final Map<String, String> GENERATIONS =
      Map.of(
          "wasi_snapshot_preview1", "preview 1",
          "wasi_unstable", "unstable");

  private final List<HostModule> hosts;
  private final Map<String, Map<String, String>> provided = new HashMap<>();

  /** Takes the functions that modules may import. */
  public ModuleInspection(List<HostModule> hosts) {
    this.hosts = hosts;
    for (HostModule host : hosts) {
      Map<String, String> types = provided.computeIfAbsent(host.name(), name -> new HashMap<>());
      host.functions().forEach(one -> types.put(one.name(), WasmTypes.text(one.type())));
    }
  }

  /**
   * Returns what can be said of a module.
   *
   * @param digest of the file that its bytes came from
   */
  public ModuleReport inspect(byte[] wasm, String digest) {
    boolean component = isComponent(wasm);
    // a component's sections are others, under the same numbers
    ModuleOutline outline = new ModuleOutline(component ? new byte[0] : wasm);
    ModuleReport.Sizes sizes = outline.sizes();
    List<String> entrypoints = entrypoints(outline);
    Verdict verdict = verdict(wasm, entrypoints);
    return new ModuleReport(
        digest,
        component ? "component" : kind(outline),
        generations(outline),
        outline.producers,
        outline.imports.stream().map(this::judged).toList(),
        outline.exports,
        entrypoints,
        component ? ofBytes(sizes, wasm.length) : sizes,
        verdict.refusal(),
        verdict.reuseObstacle(),
        verdict.interpreted());
  }

  private static boolean isComponent(byte[] wasm) {
    return wasm.length > LAYER_AT && wasm[0] == 0 && wasm[LAYER_AT] == 1;
  }

  private static ModuleReport.Sizes ofBytes(ModuleReport.Sizes none, long bytes) {
    return new ModuleReport.Sizes(bytes, 0, 0, null, 0, 0, none.memories(), none.tables());
  }

  private record Verdict(
      @Nullable String refusal, @Nullable String reuseObstacle, List<FunctionSize> interpreted) {}

  private Verdict verdict(byte[] wasm, List<String> entrypoints) {
    try (CodeVerification verification = new CodeVerification()) {
      CodeLoader loader = new CodeLoader(new Linker(hosts, null), null, verification);
      CompiledCode code = loader.load(wasm, Engine.digest(wasm));
      String nothing = entrypoints.isEmpty() ? NO_ENTRYPOINT : null;
      return new Verdict(nothing, code.reuseObstacle(), code.interpreted());
    } catch (ModuleRefusedException e) {
      return new Verdict(e.getMessage(), null, List.of());
    }
  }

  private static String kind(ModuleOutline outline) {
    if (outline.exports.stream().anyMatch(export -> isFunction(export, START))) {
      return "command";
    }
    return outline.exports.stream().anyMatch(export -> isFunction(export, INITIALIZE))
        ? "reactor"
        : "library";
  }

  private static boolean isFunction(ModuleReport.Exported export, String name) {
    return export.kind().equals("function") && export.name().equals(name);
  }

  private static List<String> generations(ModuleOutline outline) {
    TreeSet<String> generations = new TreeSet<>();
    for (ModuleReport.Imported imported : outline.imports) {
      if (imported.module().startsWith("wasi:")) {
        generations.add("0.2");
      }
      String generation = GENERATIONS.get(imported.module());
      if (generation != null) {
        generations.add(generation);
      }
    }
    return List.copyOf(generations);
  }

  private static List<String> entrypoints(ModuleOutline outline) {
    return outline.exports.stream()
        .filter(export -> export.type().equals(NOTHING_TO_NOTHING))
        .map(ModuleReport.Exported::name)
        .filter(name -> !name.equals(INITIALIZE))
        .toList();
  }

  private ModuleReport.Imported judged(ModuleReport.Imported wanted) {
    return new ModuleReport.Imported(
        wanted.module(), wanted.name(), wanted.type(), importProblem(wanted));
  }

  private @Nullable String importProblem(ModuleReport.Imported wanted) {
    Map<String, String> functions = provided.get(wanted.module());
    if (functions == null) {
      return "no such host module" + nearest(wanted.module(), provided.keySet());
    }
    String type = functions.get(wanted.name());
    if (type == null) {
      return "no such function" + nearest(wanted.name(), functions.keySet());
    }
    return type.equals(wanted.type()) ? null : "is " + type + " here";
  }

  private static String nearest(String name, Iterable<String> names) {
    String near = NearestName.of(name, names);
    return near == null ? "" : ", the nearest is " + near;
  }
}
