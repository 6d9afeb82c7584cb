package wagi.launch;

import java.util.ArrayList;
import java.util.List;

/**
 * The command line that starts the launcher again on the JVM that was found.
 *
 * @param options those of the running JVM, wherever they came from
 */
record JvmCommand(List<String> options, String classPath, List<String> arguments) {
  /** Says that a launcher chose this JVM, and which process that launcher was. */
  static final String LAUNCHER_PROPERTY = "wagi.launcher";

  /**
   * The JVM reports what it took from these variables among its options. The next JVM gets all
   * options on its command line, so it must not see the variables: an agent would load twice.
   */
  static final List<String> VARIABLES =
      List.of("JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS");

  List<String> on(Jvm jvm, long launcherPid) {
    List<String> command = new ArrayList<>();
    command.add(jvm.executable().toString());
    command.addAll(ours(jvm));
    command.addAll(options);
    command.add("-D" + LAUNCHER_PROPERTY + "=" + launcherPid);
    command.addAll(List.of("-cp", classPath, Launcher.class.getName()));
    command.addAll(arguments);
    return command;
  }

  /** These come first: of two settings the JVM takes the last, so the user's win. */
  private static List<String> ours(Jvm jvm) {
    List<String> ours = new ArrayList<>();
    ours.add(HugeMethods.COMPILED);
    // The JVM's own quarter leaves most of a container unused; more than half leaves too little
    // for code, stacks and buffers in a small one. -Xmx wins over it.
    ours.add("-XX:MaxRAMPercentage=50");
    ours.add("--enable-native-access=ALL-UNNAMED");
    if (jvm.version().feature() == Jvm.NEEDED_FEATURE) {
      // Undertow's libraries use it, and 25 warns. What later versions make of the flag is open.
      ours.add("--sun-misc-unsafe-memory-access=allow");
    }
    return ours;
  }
}
