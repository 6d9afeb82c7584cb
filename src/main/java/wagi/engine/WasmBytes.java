package wagi.engine;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads a part of a module's binary; every length is checked before it is believed. */
final class WasmBytes {
  private static final int U32_BYTES = 5;
  private static final int U64_BYTES = 10;

  private final byte[] bytes;
  private final int end;
  private int at;

  WasmBytes(byte[] bytes, int from, int end) {
    this.bytes = bytes;
    this.at = from;
    this.end = end;
  }

  int position() {
    return at;
  }

  int remaining() {
    return end - at;
  }

  boolean hasMore() {
    return at < end;
  }

  int u8() throws ModuleRefusedException {
    if (at == end) {
      throw new ModuleRefusedException("not a valid module: it ends at byte " + at);
    }
    return bytes[at++] & 0xff;
  }

  /** Returns an unsigned number of 32 bits. */
  long u32() throws ModuleRefusedException {
    return unsigned(U32_BYTES);
  }

  /** Returns an unsigned number of 64 bits, which is negative beyond 63. */
  long u64() throws ModuleRefusedException {
    return unsigned(U64_BYTES);
  }

  private long unsigned(int most) throws ModuleRefusedException {
    long value = 0;
    for (int i = 0; i < most; i++) {
      int next = u8();
      value |= (long) (next & 0x7f) << (7 * i);
      if (next < 0x80) {
        return value;
      }
    }
    throw new ModuleRefusedException("not a valid module: a number is too long at byte " + at);
  }

  /** Returns a number of things that take at least a byte each. */
  int count() throws ModuleRefusedException {
    long count = u32();
    if (count > remaining()) {
      throw new ModuleRefusedException(
          "not a valid module: "
              + count
              + " things at byte "
              + at
              + ", but "
              + remaining()
              + " bytes are left");
    }
    return (int) count;
  }

  /** Skips a number of any width. */
  void skipLeb() throws ModuleRefusedException {
    int next;
    do {
      next = u8();
    } while (next >= 0x80);
  }

  /** Returns the next part, whose length stands in front of it. */
  WasmBytes part() throws ModuleRefusedException {
    int length = count();
    WasmBytes part = new WasmBytes(bytes, at, at + length);
    at += length;
    return part;
  }

  String name() throws ModuleRefusedException {
    WasmBytes text = part();
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, text.at, text.remaining()))
          .toString();
    } catch (CharacterCodingException e) {
      throw new ModuleRefusedException(
          "not a valid module: the name at byte " + text.at + " is not UTF-8", e);
    }
  }
}
