package wagi.engine;

import java.util.Arrays;

/**
 * What a fresh instance's memory holds.
 *
 * @param bytes without the zeros at the end
 * @param limit how long the memory is
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares templates
record MemoryTemplate(byte[] bytes, int limit) {
  static MemoryTemplate blank(int limit) {
    return new MemoryTemplate(new byte[0], limit);
  }

  static MemoryTemplate of(byte[] memory, int limit) {
    int end = limit;
    while (end > 0 && memory[end - 1] == 0) {
      end--;
    }
    return new MemoryTemplate(Arrays.copyOf(memory, end), limit);
  }

  /** Makes this range of a memory as it is here. */
  void restore(byte[] memory, int from, int to) {
    int known = Math.min(Math.max(from, bytes.length), to);
    if (known > from) {
      System.arraycopy(bytes, from, memory, from, known - from);
    }
    Arrays.fill(memory, known, to, (byte) 0);
  }
}
