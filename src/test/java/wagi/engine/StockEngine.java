package wagi.engine;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.zip.CRC32;
import run.endive.compiler.MachineFactoryCompiler;
import run.endive.runtime.ByteArrayMemory;
import run.endive.runtime.ImportFunction;
import run.endive.runtime.ImportValues;
import run.endive.runtime.Instance;
import run.endive.runtime.Machine;
import run.endive.runtime.Memory;
import run.endive.runtime.TableInstance;
import run.endive.runtime.WasmFunctionHandle;
import run.endive.wasm.Parser;
import run.endive.wasm.WasmEngineException;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.FunctionType;
import run.endive.wasm.types.Table;
import run.endive.wasm.types.TableLimits;

/** Runs generated guests on the engine as it comes: its memory, its compiler's code, no reuse. */
final class StockEngine {
  private static final long[] NOTHING = new long[0];

  private final WasmModule module;
  private final Function<Instance, Machine> machines;

  StockEngine(byte[] wasm) {
    module = Parser.parse(wasm);
    machines = MachineFactoryCompiler.compile(module);
  }

  DirectRuns.Answer run(String entrypoint, int choice) {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    Outcome outcome = outcome(entrypoint, choice, said);
    return new DirectRuns.Answer(said.toByteArray(), outcome);
  }

  private Outcome outcome(String entrypoint, int choice, ByteArrayOutputStream said) {
    try {
      Instance.builder(module)
          .withImportValues(imports(choice, said))
          .withMachineFactory(machines)
          .withMemoryFactory(ByteArrayMemory::new)
          .withTableFactory(StockEngine::table)
          .build()
          .export(entrypoint)
          .apply();
      return new Outcome.Exited(0);
    } catch (GuestExit e) {
      return new Outcome.Exited(e.code);
    } catch (WasmEngineException | ArithmeticException e) {
      return new Outcome.Trapped("", List.of(), false);
    }
  }

  /** With its own limits: the engine would let one instance grow the tables of all to come. */
  private static TableInstance table(Table table, int initialValue) {
    TableLimits own = new TableLimits(table.limits().min(), table.limits().max());
    return new TableInstance(new Table(table.elementType(), own, table.initialize()), initialValue);
  }

  private static ImportValues imports(int choice, ByteArrayOutputStream said) {
    return ImportValues.builder()
        .addFunction(
            imported("see", (instance, a) -> say(said, a[0])),
            imported("memory", (instance, a) -> say(said, digest(instance.memory()))),
            imported("choice", (instance, a) -> new long[] {choice}),
            imported(
                "exit",
                (instance, a) -> {
                  throw new GuestExit((int) a[0]);
                }),
            imported("scribble", (instance, a) -> scribble(instance.memory(), a)))
        .build();
  }

  private static ImportFunction imported(String name, WasmFunctionHandle handle) {
    FunctionType type =
        new TellingHost()
            .functions().stream()
                .filter(function -> function.name().equals(name))
                .findFirst()
                .orElseThrow()
                .type();
    return new ImportFunction(TellingHost.NAME, name, type, handle);
  }

  private static long[] say(ByteArrayOutputStream said, long value) {
    said.writeBytes(ByteBuffer.allocate(8).putLong(value).array());
    return NOTHING;
  }

  private static long digest(Memory memory) {
    CRC32 crc = new CRC32();
    crc.update(memory.readBytes(0, Memory.bytes(memory.pages())));
    return (long) memory.pages() << 32 | crc.getValue();
  }

  private static long[] scribble(Memory memory, long[] arguments) {
    byte[] bytes = new byte[(int) arguments[1]];
    Arrays.fill(bytes, (byte) 0x5a);
    memory.write((int) arguments[0], bytes);
    return NOTHING;
  }
}
