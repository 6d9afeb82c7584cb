package wagi.launch;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Stands where {@code cli} stands in the jar, and tells what the launcher made of its start. */
public final class RecordingMain {
  private RecordingMain() {}

  public static void main(String[] arguments) throws IOException, ReflectiveOperationException {
    switch (arguments[0]) {
      case "report" -> report(List.of(arguments));
      case "exit" -> System.exit(Integer.parseInt(arguments[1]));
      case "fail" -> throw new IllegalStateException("failed on purpose");
      case "read" -> System.out.println("read " + Files.readString(Path.of(arguments[1])).strip());
      case "stdin" -> System.in.transferTo(System.out);
      case "serve" -> serve();
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  private static void report(List<String> arguments) {
    System.out.println("pid " + ProcessHandle.current().pid());
    System.out.println("java " + Runtime.version().feature());
    System.out.println("DontCompileHugeMethods " + option("DontCompileHugeMethods"));
    System.out.println("MaxRAMPercentage " + option("MaxRAMPercentage"));
    System.out.println("MaxHeapSize " + option("MaxHeapSize"));
    System.out.println("UseG1GC " + option("UseG1GC"));
    System.out.println("options " + ManagementFactory.getRuntimeMXBean().getInputArguments());
    System.out.println("variable " + System.getenv("WAGI_TEST"));
    System.out.println("arguments " + arguments);
  }

  private static String option(String name) {
    return ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
        .getVMOption(name)
        .getValue();
  }

  private static void serve() throws IOException, ReflectiveOperationException {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("drained")));
    Signals.handle("HUP", () -> System.out.println("reloaded"));
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      System.out.println("pid " + ProcessHandle.current().pid());
      System.out.println("port " + server.getLocalPort());
      while (!server.isClosed()) {
        try (Socket client = server.accept()) {
          client.getOutputStream().write('!');
        }
      }
    }
  }
}
