package wagi.launch;

import java.io.IOException;
import java.util.List;

/**
 * The way of a JVM that cannot replace itself: it starts a child on its own streams, passes signals
 * on, and ends as the child ends.
 */
final class Child {
  private static final List<String> SIGNALS = List.of("TERM", "INT", "HUP");

  private Child() {}

  /** Answers the exit code, 128 + signal where one ended the child. */
  static int run(List<String> command)
      throws IOException, InterruptedException, ReflectiveOperationException {
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    builder.environment().keySet().removeAll(JvmCommand.VARIABLES);
    Process child = builder.start();
    for (String signal : SIGNALS) {
      // A signal that cannot be handled ends this process; then the child's ParentWatch acts.
      Signals.handle(signal, () -> send(signal, child));
    }
    return child.waitFor();
  }

  private static void send(String signal, Process child) {
    if (signal.equals("TERM")) {
      child.destroy();
      return;
    }
    try {
      // The shell's own kill: small images have no other, and this JVM cannot call the system.
      new ProcessBuilder("/bin/sh", "-c", "kill -" + signal + " " + child.pid()).start();
    } catch (IOException e) {
      System.err.println("wagi-server: cannot pass " + signal + " on: " + e.getMessage());
    }
  }
}
