package wagi.benchmarks.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** Looks into a JVM from outside. */
public final class Jvm {
  private static final Pattern USED = Pattern.compile(" used (\\d+)K");

  private Jvm() {}

  /**
   * Returns the bytes that all threads have ever allocated, by the JVM's own count. This makes the
   * JVM load its management classes, so resident memory has to be read before.
   */
  static long allocatedBytes(long pid) throws IOException {
    try {
      VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
      String address = machine.startLocalManagementAgent();
      machine.detach();
      try (JMXConnector connector = JMXConnectorFactory.connect(new JMXServiceURL(address))) {
        MBeanServerConnection server = connector.getMBeanServerConnection();
        ObjectName threads = new ObjectName("java.lang:type=Threading");
        return (Long) server.getAttribute(threads, "TotalThreadAllocatedBytes");
      }
    } catch (AttachNotSupportedException | JMException e) {
      throw new IOException("no allocation count of process " + pid, e);
    }
  }

  /** Collects all garbage and returns the heap in use, in MiB. */
  static double liveHeapMib(long pid) throws IOException, InterruptedException {
    jcmd(pid, "GC.run");
    double kib = 0;
    for (String line : jcmd(pid, "GC.heap_info").lines().toList()) {
      Matcher used = USED.matcher(line);
      // Spaces are parts of a generation, and classes are not the heap.
      if (!line.contains("space") && !line.contains("Metaspace") && used.find()) {
        kib += Long.parseLong(used.group(1));
      }
    }
    return kib / 1024;
  }

  /** Runs a command of jcmd's; several, with {@code -f} and a file. */
  public static String jcmd(long pid, String... command) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>();
    line.add(Server.JAVA.resolveSibling("jcmd").toString());
    line.add(Long.toString(pid));
    line.addAll(List.of(command));
    Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("jcmd " + String.join(" ", command) + " failed: " + output);
    }
    return output;
  }
}
