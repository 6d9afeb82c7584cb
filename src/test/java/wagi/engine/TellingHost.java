package wagi.engine;

import static run.endive.wasm.types.ValType.I32;
import static run.endive.wasm.types.ValType.I64;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import run.endive.wasm.types.FunctionType;
import run.endive.wasm.types.ValType;

/** The host of generated guests: tells on standard output what they find. */
final class TellingHost implements HostModule {
  static final String NAME = "tell";

  private static final int PAGE = 65536;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<HostFunction> functions() {
    return List.of(
        function("see", List.of(I64), List.of(), (guest, a) -> say(guest, a[0])),
        function("memory", List.of(), List.of(), (guest, a) -> say(guest, digest(guest.memory()))),
        function("choice", List.of(), List.of(I32), (guest, a) -> choice(guest)),
        function("exit", List.of(I32), List.of(), (guest, a) -> exit(guest, (int) a[0])),
        function("scribble", List.of(I32, I32), List.of(), TellingHost::scribble));
  }

  private static HostFunction function(
      String name, List<ValType> takes, List<ValType> gives, HostCall call) {
    return new HostFunction(name, FunctionType.of(takes, gives), call);
  }

  private static long say(Guest guest, long value) {
    try {
      guest.writeStdout(ByteBuffer.allocate(8).putLong(value).array(), 0, 8);
      return 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sums up the memory's size and every byte of it. */
  private static long digest(GuestMemory memory) {
    CRC32 crc = new CRC32();
    crc.update(memory.array(), 0, memory.pages() * PAGE);
    return (long) memory.pages() << 32 | crc.getValue();
  }

  private static long choice(Guest guest) {
    return Integer.parseInt(guest.invocation().arguments().getFirst());
  }

  private static long exit(Guest guest, int code) {
    throw guest.exit(code);
  }

  /** Writes to the guest's memory as a host function does. */
  private static long scribble(Guest guest, long[] arguments) {
    int at = (int) arguments[0];
    int size = (int) arguments[1];
    Arrays.fill(guest.memory().arrayForWriting(at, size), at, at + size, (byte) 0x5a);
    return 0;
  }

  @Override
  public String resultText(HostFunction function, long result) {
    return Long.toString(result);
  }
}
