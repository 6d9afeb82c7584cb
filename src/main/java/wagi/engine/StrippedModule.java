package wagi.engine;

import java.util.List;
import java.util.Set;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.CodeSection;
import run.endive.wasm.types.FunctionBody;

/**
 * A module without what is not needed once it is compiled: the instructions, which take many times
 * the size of the file, and the start section.
 */
final class StrippedModule {
  private static final FunctionBody COMPILED = new FunctionBody(List.of(), List.of());

  private StrippedModule() {}

  /**
   * Returns what instances are built from.
   *
   * @param interpreted functions, by their index, that the compiler could not translate
   */
  static WasmModule of(WasmModule whole, Set<Integer> interpreted) {
    WasmModule.Builder module =
        WasmModule.builder()
            .withValidation(false)
            .withDigest(whole.digest())
            .setTypeSection(whole.typeSection())
            .setImportSection(whole.importSection())
            .setFunctionSection(whole.functionSection())
            .setTableSection(whole.tableSection())
            .setGlobalSection(whole.globalSection())
            .setExportSection(whole.exportSection())
            .setElementSection(whole.elementSection())
            .setCodeSection(code(whole, interpreted))
            .setDataSection(whole.dataSection());
    whole.memorySection().ifPresent(module::setMemorySection);
    whole.dataCountSection().ifPresent(module::setDataCountSection);
    whole.tagSection().ifPresent(module::setTagSection);
    if (whole.nameSection() != null) {
      module.addCustomSection("name", whole.nameSection());
    }
    return module.build();
  }

  private static CodeSection code(WasmModule whole, Set<Integer> interpreted) {
    CodeSection.Builder code = CodeSection.builder();
    code.setRequiresDataCount(whole.codeSection().isRequiresDataCount());
    int imported = whole.importSection().count(run.endive.wasm.types.ExternalType.FUNCTION);
    FunctionBody[] bodies = whole.codeSection().functionBodies();
    for (int i = 0; i < bodies.length; i++) {
      code.addFunctionBody(interpreted.contains(imported + i) ? bodies[i] : COMPILED);
    }
    return code.build();
  }
}
