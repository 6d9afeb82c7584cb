package wagi.engine;

import run.endive.runtime.ConstantEvaluators;
import run.endive.runtime.Instance;
import run.endive.runtime.Memory;
import run.endive.wasm.types.ActiveDataSegment;
import run.endive.wasm.types.DataSegment;
import run.endive.wasm.types.PassiveDataSegment;

/** The data segments of one instance: code copies from them and drops them. */
final class DataSegments {
  private DataSegment[] segments = new DataSegment[0];

  /**
   * Takes over an instance's segments; the active ones go to the memory and are dropped.
   *
   * @param own the instance's own array: that is where code drops segments
   */
  void place(Instance instance, DataSegment[] own, Memory memory, int memoryIndex) {
    segments = own;
    for (int i = 0; i < own.length; i++) {
      if (own[i] instanceof ActiveDataSegment active && active.index() == memoryIndex) {
        long offset =
            ConstantEvaluators.computeConstantValue(instance, active.offsetInstructions())[0];
        memory.write((int) offset, active.data(), 0, active.data().length);
        drop(i);
      }
    }
  }

  byte[] data(int segment) {
    return segments[segment].data();
  }

  void drop(int segment) {
    segments[segment] = PassiveDataSegment.EMPTY;
  }
}
