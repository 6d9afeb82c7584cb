package wagi.wasi;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import wagi.engine.GuestMemory;

/**
 * Arguments or environment as C programs expect them.
 *
 * <pre>
 * pointers:  [u32 → first][u32 → second] …
 * buffer:    f i r s t 00 s e c o n d 00 …
 * </pre>
 */
final class StringVector {
  private StringVector() {}

  static Errno sizes(GuestMemory memory, List<String> strings, int countTo, int sizeTo)
      throws ErrnoException {
    Bounds.check(memory, countTo, 4);
    Bounds.check(memory, sizeTo, 4);
    long size = 0;
    for (String string : strings) {
      size += encode(string).length + 1;
    }
    if (size > Integer.MAX_VALUE) {
      return Errno.EOVERFLOW;
    }
    memory.writeI32(countTo, strings.size());
    memory.writeI32(sizeTo, (int) size);
    return Errno.ESUCCESS;
  }

  static Errno write(GuestMemory memory, List<String> strings, int pointersTo, int bufferTo)
      throws ErrnoException {
    byte[][] encoded = new byte[strings.size()][];
    long size = 0;
    for (int i = 0; i < encoded.length; i++) {
      encoded[i] = encode(strings.get(i));
      size += encoded[i].length + 1;
    }
    Bounds.check(memory, pointersTo, encoded.length, 4);
    Bounds.check(memory, bufferTo, size, 1);
    int to = bufferTo;
    for (int i = 0; i < encoded.length; i++) {
      memory.writeI32(pointersTo + 4 * i, to);
      memory.write(to, encoded[i], 0, encoded[i].length);
      memory.writeByte(to + encoded[i].length, (byte) 0);
      to += encoded[i].length + 1;
    }
    return Errno.ESUCCESS;
  }

  // A NUL would end the string early and shift what the guest reads after it.
  private static byte[] encode(String string) {
    String clean = string.indexOf('\0') < 0 ? string : string.replace("\0", "");
    return clean.getBytes(UTF_8);
  }
}
