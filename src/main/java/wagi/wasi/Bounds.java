package wagi.wasi;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import wagi.engine.GuestMemory;

/** Checks of what a guest points at, made before anything happens. */
final class Bounds {
  private static final int MAX_PATH_BYTES = 4095;

  private Bounds() {}

  static void check(GuestMemory memory, int address, int length) throws ErrnoException {
    if (!memory.contains(address, length)) {
      throw new ErrnoException(Errno.EFAULT);
    }
  }

  /** Checks an array whose total size may not fit 32 bits. */
  static void check(GuestMemory memory, int address, long count, int size) throws ErrnoException {
    if (count * size > Integer.MAX_VALUE) {
      throw new ErrnoException(Errno.EFAULT);
    }
    check(memory, address, (int) (count * size));
  }

  /** Reads a path: valid UTF-8 without NUL, of the length that systems allow. */
  static String path(GuestMemory memory, int address, int length) throws ErrnoException {
    check(memory, address, length);
    if (length > MAX_PATH_BYTES) {
      throw new ErrnoException(Errno.ENAMETOOLONG);
    }
    String path;
    try {
      path = UTF_8.newDecoder().decode(ByteBuffer.wrap(memory.array(), address, length)).toString();
    } catch (CharacterCodingException e) {
      throw new ErrnoException(Errno.EILSEQ);
    }
    if (path.indexOf('\0') >= 0) {
      throw new ErrnoException(Errno.EINVAL);
    }
    return path;
  }
}
