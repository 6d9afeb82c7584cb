package wagi.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.IncompatibleThreadStateException;
import com.sun.jdi.Method;
import com.sun.jdi.ObjectReference;
import com.sun.jdi.ThreadReference;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.AttachingConnector;
import com.sun.jdi.connect.Connector;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import wagi.server.Await;

/** The packaged server with a debugger, which does to its threads what bugs would. */
final class DebuggedServer {
  private static final Pattern DEBUGGER = Pattern.compile("at address: (\\d+)");

  /** The native methods that these threads wait in: for time or a condition, for the network. */
  private static final Set<String> WAITS = Set.of("park", "wait");

  private DebuggedServer() {}

  static ServerProcess start(Map<String, String> variables, Path config) throws IOException {
    return ServerProcess.direct(
        Path.of("").toAbsolutePath(),
        List.of("-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:0"),
        variables,
        "--listen",
        "127.0.0.1:0",
        "--config",
        config.toString());
  }

  static VirtualMachine attach(ServerProcess server) throws Exception {
    Matcher port = DEBUGGER.matcher(server.out());
    assertTrue(port.find(), server.out());
    AttachingConnector connector =
        Bootstrap.virtualMachineManager().attachingConnectors().stream()
            .filter(c -> c.name().equals("com.sun.jdi.SocketAttach"))
            .findFirst()
            .orElseThrow();
    Map<String, Connector.Argument> arguments = connector.defaultArguments();
    Objects.requireNonNull(arguments.get("hostname")).setValue("127.0.0.1");
    Objects.requireNonNull(arguments.get("port")).setValue(port.group(1));
    return connector.attach(arguments);
  }

  static List<ThreadReference> threads(VirtualMachine debugged, String name) {
    List<ThreadReference> found =
        debugged.allThreads().stream().filter(t -> t.name().matches(name)).toList();
    assertFalse(found.isEmpty(), () -> debugged.allThreads().toString());
    return found;
  }

  /**
   * Has the thread throw an OutOfMemoryError, one of those the JVM keeps for the purpose: where it
   * waits, since from a failure in its work it may recover.
   */
  static void runOutOfMemory(VirtualMachine debugged, ThreadReference thread) throws Exception {
    ObjectReference error =
        debugged.classesByName("java.lang.OutOfMemoryError").getFirst().instances(1).getFirst();
    Await.until("it waits", () -> suspendedWhereItWaits(thread));
    thread.stop(error);
    thread.resume();
  }

  private static boolean suspendedWhereItWaits(ThreadReference thread) {
    thread.suspend();
    try {
      Method innermost = thread.frame(0).location().method();
      if (innermost.isNative() && WAITS.contains(innermost.name())) {
        return true;
      }
    } catch (IncompatibleThreadStateException e) {
      throw new AssertionError("suspended, and yet it runs", e);
    }
    thread.resume();
    return false;
  }
}
