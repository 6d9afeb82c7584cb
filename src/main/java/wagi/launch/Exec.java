package wagi.launch;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.charset.Charset;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Replaces this process through execv(3): same process id, standard streams and environment. The
 * one class here that needs Java 22, for the foreign function API.
 */
final class Exec {
  private static final int F_SETFD = 2;
  private static final int FD_CLOEXEC = 1;
  private static final int STANDARD_ERROR = 2;

  private static final MethodHandle FCNTL =
      function(
          "fcntl",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT),
          Linker.Option.firstVariadicArg(2));
  private static final MethodHandle UNSETENV =
      function("unsetenv", FunctionDescriptor.of(JAVA_INT, ADDRESS));
  private static final MethodHandle EXECV =
      function("execv", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS));

  private Exec() {}

  /** Returns only if the process could not be replaced. */
  static void replace(List<String> command, List<String> withoutVariables) throws Throwable {
    closeOwnFilesOnExec();
    try (Arena arena = Arena.ofConfined()) {
      for (String variable : withoutVariables) {
        int ignored = (int) UNSETENV.invokeExact(string(arena, variable));
      }
      MemorySegment arguments = arena.allocate(ADDRESS, command.size() + 1L);
      for (int i = 0; i < command.size(); i++) {
        arguments.setAtIndex(ADDRESS, i, string(arena, command.get(i)));
      }
      int ignored = (int) EXECV.invokeExact(arguments.getAtIndex(ADDRESS, 0), arguments);
    }
  }

  /**
   * The JVM leaves its jars, random devices and an agent's sockets open over an exec; a debugger's
   * port would then be taken. Pipes stay: they are what a shell passes as {@code /dev/fd/63}.
   */
  private static void closeOwnFilesOnExec() throws Throwable {
    try (DirectoryStream<Path> open = Files.newDirectoryStream(Path.of("/dev/fd"))) {
      for (Path file : open) {
        int descriptor = Integer.parseInt(file.getFileName().toString());
        if (descriptor > STANDARD_ERROR && !isPipe(file)) {
          int ignored = (int) FCNTL.invokeExact(descriptor, F_SETFD, FD_CLOEXEC);
        }
      }
    } catch (IOException e) {
      // No such list here: the few files stay open and do no harm.
    }
  }

  private static boolean isPipe(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString().startsWith("pipe:");
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  private static MemorySegment string(Arena arena, String value) {
    byte[] bytes = value.getBytes(Charset.forName(System.getProperty("sun.jnu.encoding")));
    MemorySegment terminated = arena.allocate(bytes.length + 1L);
    MemorySegment.copy(bytes, 0, terminated, JAVA_BYTE, 0, bytes.length);
    return terminated;
  }

  @SuppressWarnings("restricted")
  private static MethodHandle function(
      String name, FunctionDescriptor descriptor, Linker.Option... options) {
    Linker linker = Linker.nativeLinker();
    MemorySegment address = linker.defaultLookup().find(name).orElseThrow();
    return linker.downcallHandle(address, descriptor, options);
  }
}
