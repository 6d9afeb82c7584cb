package wagi.launch;

import java.util.ArrayList;
import java.util.List;

/**
 * A command line that starts a class of this package on a JVM.
 *
 * @param options in this order: of two settings the JVM takes the last
 */
record JvmCommand(Jvm jvm, List<String> options, String classPath) {
  /** Says that a launcher chose this JVM, and which process that launcher was. */
  static final String LAUNCHER_PROPERTY = "wagi.launcher";

  /**
   * The JVM reports what it took from these variables among its options. The next JVM gets all
   * options on its command line, so it must not see the variables: an agent would load twice.
   */
  static final List<String> VARIABLES =
      List.of("JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS");

  /** The product, started again by the launcher that this process id names. */
  List<String> launching(long launcherPid, List<String> arguments) {
    return starting(
        List.of("-D" + LAUNCHER_PROPERTY + "=" + launcherPid), Launcher.class, arguments);
  }

  List<String> starting(List<String> last, Class<?> main, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(jvm.executable().toString());
    command.addAll(options);
    command.addAll(last);
    command.addAll(List.of("-cp", classPath, main.getName()));
    command.addAll(arguments);
    return command;
  }
}
