package wagi.wasi;

import static run.endive.wasm.types.ValType.I32;

import java.util.List;
import wagi.engine.Guest;
import wagi.engine.GuestMemory;
import wagi.engine.HostFunction;

/** {@code random_*}: bytes nobody can predict. */
final class RandomFunctions {
  static final List<HostFunction> ALL =
      List.of(Syscall.function("random_get", RandomFunctions::get, I32, I32));

  private static final int CHUNK_BYTES = 64 * 1024;

  // A guest asks once or twice, for a few bytes: setting a cipher up per guest would cost more.
  private static final ThreadLocal<KeystreamRandom> GENERATOR =
      ThreadLocal.withInitial(KeystreamRandom::new);

  private RandomFunctions() {}

  private static Errno get(Guest guest, long[] a) throws ErrnoException {
    GuestMemory memory = guest.memory();
    int address = (int) a[0];
    int length = (int) a[1];
    Bounds.check(memory, address, length);
    KeystreamRandom generator = GENERATOR.get();
    for (int done = 0; done < length; done += CHUNK_BYTES) {
      guest.checkStopped();
      int n = Math.min(CHUNK_BYTES, length - done);
      generator.fill(memory.arrayForWriting(address + done, n), address + done, n);
    }
    return Errno.ESUCCESS;
  }
}
