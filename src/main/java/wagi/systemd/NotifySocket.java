package wagi.systemd;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The socket on which systemd hears from its services. The JDK's own channels know Unix sockets as
 * streams only. One descriptor is kept open, so that a server out of descriptors can still say that
 * it lives.
 */
final class NotifySocket implements AutoCloseable {
  private static final short AF_UNIX = 1;
  private static final int FAMILY_BYTES = 2;
  private static final int NAME_BYTES_MAX = 107;

  /** A service manager that does not read must not hold up the server's end. */
  private static final long SEND_SECONDS = 5;

  private final Arena arena = Arena.ofShared();
  private final MemorySegment address;
  private final int socket;
  private boolean closed;

  private NotifySocket(String name) throws IOException {
    address = address(name, arena);
    socket = Libc.datagramSocket(SEND_SECONDS);
  }

  /**
   * Opens a way to a socket.
   *
   * @param name as in NOTIFY_SOCKET: a path, or a name that begins with {@code @} and has no file
   */
  static NotifySocket to(String name) throws IOException {
    boolean known = name.startsWith("/") || name.startsWith("@");
    if (!known || name.getBytes(UTF_8).length > NAME_BYTES_MAX) {
      throw new IOException(
          "expected an absolute path or a name with @, of at most " + NAME_BYTES_MAX + " bytes");
    }
    return new NotifySocket(name);
  }

  /** A struct sockaddr_un, no longer than its name: every byte of an abstract name counts. */
  private static MemorySegment address(String name, Arena arena) {
    byte[] bytes = name.getBytes(UTF_8);
    boolean hasFile = bytes[0] == '/';
    MemorySegment address = arena.allocate(FAMILY_BYTES + bytes.length + (hasFile ? 1L : 0L), 2);
    address.set(JAVA_SHORT, 0, AF_UNIX);
    MemorySegment.copy(bytes, 0, address, JAVA_BYTE, FAMILY_BYTES, bytes.length);
    if (!hasFile) {
      address.set(JAVA_BYTE, FAMILY_BYTES, (byte) 0);
    }
    return address;
  }

  /** Does nothing once closed: then nobody asks any more. */
  synchronized void send(String message) throws IOException {
    if (!closed) {
      Libc.send(socket, message.getBytes(UTF_8), address);
    }
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      Libc.close(socket);
      arena.close();
    }
  }
}
