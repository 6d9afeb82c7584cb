package wagi.http;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.File;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.NoSuchElementException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections that Linux has made for a listener and nobody has accepted yet. Closing the
 * listener resets them, with the requests they bring; so first nobody may join them, and then those
 * who are there must be accepted.
 *
 * <p>Java knows no way to either, hence the system's own calls.
 */
final class Backlog {
  private static final Logger LOG = LoggerFactory.getLogger(Backlog.class);
  private static final int SOL_SOCKET = 1;
  private static final int SO_ATTACH_FILTER = 26;
  private static final int SO_ACCEPTCONN = 30;
  private static final short POLLIN = 1;
  private static final int AF_INET = 2;
  private static final int ADDRESS_BYTES = 128;

  /** Drops a segment that begins a connection: SYN without ACK, in byte 13 of the TCP header. */
  private static final long[] NO_BEGINNINGS = {
    instruction(0x30, 0, 0, 13),
    instruction(0x54, 0, 0, 0x12),
    instruction(0x15, 0, 1, 0x02),
    instruction(0x06, 0, 0, 0),
    instruction(0x06, 0, 0, 0xffff_ffffL)
  };

  private static final FunctionDescriptor OPTION =
      FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS);

  /** Who has half a handshake may finish it, and the accepting thread may be busy. */
  private static final long HANDSHAKES_NANOS = Duration.ofMillis(20).toNanos();

  private static final long LONGEST_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long POLL_NANOS = Duration.ofMillis(1).toNanos();

  private final MethodHandle getsockopt;
  private final MethodHandle setsockopt;
  private final MethodHandle getsockname;
  private final MethodHandle poll;

  @SuppressWarnings("restricted") // what it is for
  private Backlog(SymbolLookup library, Linker linker) {
    getsockopt = linker.downcallHandle(library.findOrThrow("getsockopt"), OPTION);
    setsockopt =
        linker.downcallHandle(
            library.findOrThrow("setsockopt"),
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    getsockname =
        linker.downcallHandle(
            library.findOrThrow("getsockname"),
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
    poll =
        linker.downcallHandle(
            library.findOrThrow("poll"),
            FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
  }

  private static long instruction(int code, int ifTrue, int ifFalse, long operand) {
    return code | ((long) ifTrue << 16) | ((long) ifFalse << 24) | (operand << 32);
  }

  /** Keeps newcomers out, and returns when all who waited are accepted, or after a second. */
  static void empty(InetSocketAddress bound) {
    if (!System.getProperty("os.name", "").equals("Linux")) {
      LockSupport.parkNanos(HANDSHAKES_NANOS);
      return;
    }
    Linker linker = Linker.nativeLinker();
    try (Arena arena = Arena.ofConfined()) {
      new Backlog(linker.defaultLookup(), linker).empty(bound, arena);
    } catch (NoSuchElementException | IllegalCallerException e) {
      LOG.debug("connections that nobody accepted may be reset: {}", e.toString());
    }
  }

  private void empty(InetSocketAddress bound, Arena arena) {
    int descriptor = descriptor(bound, arena);
    long start = System.nanoTime();
    if (descriptor >= 0) {
      admitNoMore(descriptor, arena);
    }
    LockSupport.parkNanos(HANDSHAKES_NANOS);
    MemorySegment asked = arena.allocate(8, 4);
    while (descriptor >= 0
        && somebodyWaits(descriptor, asked)
        && System.nanoTime() - start < LONGEST_NANOS) {
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  /** Looks for it among all that are open: neither Java nor the HTTP library tells it. */
  private int descriptor(InetSocketAddress bound, Arena arena) {
    String[] names = new File("/proc/self/fd").list();
    MemorySegment value = arena.allocate(ADDRESS_BYTES);
    MemorySegment length = arena.allocate(JAVA_INT);
    for (String name : names == null ? new String[0] : names) {
      int descriptor = Integer.parseInt(name);
      length.set(JAVA_INT, 0, (int) JAVA_INT.byteSize());
      boolean listens =
          call(getsockopt, descriptor, SOL_SOCKET, SO_ACCEPTCONN, value, length) == 0
              && value.get(JAVA_INT, 0) == 1;
      length.set(JAVA_INT, 0, ADDRESS_BYTES);
      if (listens
          && call(getsockname, descriptor, value, length) == 0
          && bound.equals(address(value))) {
        return descriptor;
      }
    }
    return -1;
  }

  private static @Nullable InetSocketAddress address(MemorySegment address) {
    ByteBuffer bytes = address.asByteBuffer();
    int port = Short.toUnsignedInt(bytes.getShort(2));
    boolean four = address.get(JAVA_SHORT, 0) == AF_INET;
    byte[] host = new byte[four ? 4 : 16];
    bytes.get(four ? 4 : 8, host);
    try {
      return new InetSocketAddress(InetAddress.getByAddress(host), port);
    } catch (UnknownHostException e) {
      return null;
    }
  }

  private void admitNoMore(int descriptor, Arena arena) {
    MemorySegment filter = arena.allocateFrom(JAVA_LONG, NO_BEGINNINGS);
    MemorySegment program = arena.allocate(16, 8);
    program.set(JAVA_SHORT, 0, (short) NO_BEGINNINGS.length);
    program.set(ADDRESS, 8, filter);
    int unused = call(setsockopt, descriptor, SOL_SOCKET, SO_ATTACH_FILTER, program, 16);
  }

  private boolean somebodyWaits(int descriptor, MemorySegment asked) {
    asked.set(JAVA_INT, 0, descriptor);
    asked.set(JAVA_SHORT, 4, POLLIN);
    return call(poll, asked, 1L, 0) == 1 && (asked.get(JAVA_SHORT, 6) & POLLIN) != 0;
  }

  @SuppressWarnings("IllegalCatch") // a method handle declares that it throws anything
  private static int call(MethodHandle function, Object... arguments) {
    try {
      return (int) function.invokeWithArguments(arguments);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("a call of the system", e);
    }
  }
}
