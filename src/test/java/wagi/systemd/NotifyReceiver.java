package wagi.systemd;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** The service manager's end of a notify socket. */
@SuppressWarnings("IllegalCatch") // invokeExact declares Throwable; a call into C throws nothing
public final class NotifyReceiver implements AutoCloseable {
  private static final int AF_UNIX = 1;
  private static final int SOCK_DGRAM = 2;
  private static final int SOCK_CLOEXEC = 0x80000;
  private static final int SOL_SOCKET = 1;
  private static final int SO_RCVTIMEO = 20;
  private static final int MSG_DONTWAIT = 0x40;
  private static final long LONGEST_SECONDS = 60;
  private static final int DATAGRAM_BYTES = 4096;

  private static final MethodHandle SOCKET =
      function("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
  private static final MethodHandle BIND =
      function("bind", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle SETSOCKOPT =
      function(
          "setsockopt",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle RECV =
      function("recv", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
  private static final MethodHandle CLOSE =
      function("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

  private final Arena arena = Arena.ofShared();
  private final MemorySegment datagram = arena.allocate(DATAGRAM_BYTES);
  private final int socket;

  private NotifyReceiver(byte[] name) {
    try {
      socket = (int) SOCKET.invokeExact(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
      MemorySegment address = arena.allocate(2L + name.length, 2);
      address.set(JAVA_SHORT, 0, (short) AF_UNIX);
      MemorySegment.copy(name, 0, address, JAVA_BYTE, 2, name.length);
      int bound = (int) BIND.invokeExact(socket, address, (int) address.byteSize());
      MemorySegment timeval = arena.allocate(JAVA_LONG, 2);
      timeval.setAtIndex(JAVA_LONG, 0, LONGEST_SECONDS);
      int set =
          (int)
              SETSOCKOPT.invokeExact(
                  socket, SOL_SOCKET, SO_RCVTIMEO, timeval, (int) timeval.byteSize());
      if (socket < 0 || bound != 0 || set != 0) {
        throw new AssertionError("no socket " + new String(name, UTF_8));
      }
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  /** Listens on a path, or on a name that begins with {@code @}. */
  public static NotifyReceiver on(String name) {
    return new NotifyReceiver(
        name.startsWith("@")
            ? ("\0" + name.substring(1)).getBytes(UTF_8)
            : (name + "\0").getBytes(UTF_8));
  }

  /** Waits for the next message. */
  public String next() {
    String message = receive(0);
    if (message.isEmpty()) {
      throw new AssertionError("no message within " + LONGEST_SECONDS + " s");
    }
    return message;
  }

  /** Waits for the next message that has this assignment; others, but one, may come before it. */
  public String next(String assignment, String notBefore) {
    while (true) {
      String message = next();
      if (message.lines().anyMatch(assignment::equals)) {
        return message;
      }
      if (message.lines().anyMatch(notBefore::equals)) {
        throw new AssertionError(notBefore + " came before " + assignment);
      }
    }
  }

  /** Returns a message that is there already, or an empty text. */
  public String waiting() {
    return receive(MSG_DONTWAIT);
  }

  private String receive(int flags) {
    try {
      long length = (long) RECV.invokeExact(socket, datagram, datagram.byteSize(), flags);
      return length < 0 ? "" : new String(datagram.asSlice(0, length).toArray(JAVA_BYTE), UTF_8);
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  @SuppressWarnings("restricted")
  private static MethodHandle function(String name, FunctionDescriptor descriptor) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(linker.defaultLookup().find(name).orElseThrow(), descriptor);
  }

  @Override
  public void close() {
    try {
      int ignored = (int) CLOSE.invokeExact(socket);
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
    arena.close();
  }
}
