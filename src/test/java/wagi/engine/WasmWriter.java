package wagi.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.List;

/** Writes the pieces of a WebAssembly binary. */
final class WasmWriter {
  private static final byte[] PREAMBLE = {0, 'a', 's', 'm', 1, 0, 0, 0};

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  static WasmWriter module() {
    return new WasmWriter().bytes(PREAMBLE);
  }

  /** Writes single bytes: opcodes, types, flags. */
  WasmWriter raw(int... values) {
    for (int value : values) {
      out.write(value);
    }
    return this;
  }

  WasmWriter bytes(byte[] bytes) {
    out.writeBytes(bytes);
    return this;
  }

  WasmWriter u32(int value) {
    int rest = value;
    while (rest >>> 7 != 0) {
      out.write((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    out.write(rest);
    return this;
  }

  WasmWriter signed(long value) {
    long rest = value;
    while (rest < -64 || rest > 63) {
      out.write((int) (rest & 0x7f) | 0x80);
      rest >>= 7;
    }
    out.write((int) rest & 0x7f);
    return this;
  }

  WasmWriter name(String name) {
    return sized(name.getBytes(UTF_8));
  }

  /** Writes bytes with their length before them. */
  WasmWriter sized(byte[] bytes) {
    return u32(bytes.length).bytes(bytes);
  }

  WasmWriter section(int id, List<WasmWriter> entries) {
    WasmWriter body = new WasmWriter().u32(entries.size());
    entries.forEach(entry -> body.bytes(entry.toBytes()));
    raw(id);
    return sized(body.toBytes());
  }

  byte[] toBytes() {
    return out.toByteArray();
  }
}
