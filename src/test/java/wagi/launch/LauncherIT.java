package wagi.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Starts a jar with two JVMs of this machine: one that execs, and one that starts a child. */
class LauncherIT {
  private static LaunchSite site;

  @BeforeAll
  static void build(@TempDir Path directory) throws IOException {
    site = LaunchSite.in(directory);
  }

  static List<Jvm> jvms() {
    return List.of(LaunchSite.old(), LaunchSite.current());
  }

  @ParameterizedTest
  @MethodSource("jvms")
  void productAnswersItsVersion(Jvm jvm) throws Exception {
    String java = jvm.executable().toString();
    String jar = LaunchSite.product().toString();
    try (LaunchedProcess process =
        LaunchSite.start(List.of(java, "-jar", jar, "--version"), Map.of())) {
      assertFalse(process.line("").isBlank());
      assertEquals(0, process.exitCode());
      assertEquals("", process.errors());
    }
  }

  @ParameterizedTest
  @MethodSource("jvms")
  void mainRunsOnAFittingJvmWithTheFlags(Jvm jvm) throws Exception {
    try (LaunchedProcess process = site.start(jvm, "report")) {
      assertTrue(Integer.parseInt(process.line("java")) >= Jvm.NEEDED_FEATURE);
      assertEquals("false", process.line("DontCompileHugeMethods"));
      assertEquals(50, Double.parseDouble(process.line("MaxRAMPercentage")));
      assertTrue(process.line("options").contains("GC, -X"));
      assertEquals(0, process.exitCode());
      assertEquals("", process.errors());
    }
  }

  @Test
  void currentJvmReplacesItselfUnderTheSameProcessId() throws Exception {
    try (LaunchedProcess process = site.start(LaunchSite.current(), "report")) {
      assertEquals(process.pid(), Long.parseLong(process.line("pid")));
      assertTrue(process.line("options").contains("-Dwagi.launcher=" + process.pid()));
    }
  }

  @Test
  void oldJvmStartsAChild() throws Exception {
    try (LaunchedProcess process = site.start(LaunchSite.old(), "report")) {
      assertNotEquals(process.pid(), Long.parseLong(process.line("pid")));
      assertTrue(process.line("options").contains("-Dwagi.launcher=" + process.pid()));
    }
  }

  @Test
  void currentJvmWithTheFlagIsNotStartedAgain() throws Exception {
    try (LaunchedProcess process =
        site.start(LaunchSite.current(), List.of(HugeMethods.COMPILED), Map.of(), "report")) {
      assertEquals("[" + HugeMethods.COMPILED + "]", process.line("options"));
    }
  }

  @Test
  void currentJvmWhoseUserDecidedOtherwiseIsNotStartedAgain() throws Exception {
    String otherwise = "-XX:+DontCompileHugeMethods";
    try (LaunchedProcess process =
        site.start(LaunchSite.current(), List.of(otherwise), Map.of(), "report")) {
      assertEquals("[" + otherwise + "]", process.line("options"));
      assertEquals(0, process.exitCode());
      assertEquals("", process.errors());
    }
  }

  @ParameterizedTest
  @MethodSource("jvms")
  void optionsOfTheUserArriveAndWin(Jvm jvm) throws Exception {
    List<String> options = List.of("-Xmx96m", "-XX:MaxRAMPercentage=10", "-Dname=a b");
    try (LaunchedProcess process = site.start(jvm, options, Map.of(), "report")) {
      assertEquals(10, Double.parseDouble(process.line("MaxRAMPercentage")));
      assertEquals(96 << 20, Long.parseLong(process.line("MaxHeapSize")));
      assertTrue(process.line("options").contains(String.join(", ", options)));
    }
  }

  @ParameterizedTest
  @MethodSource("jvms")
  void collectorOfAVariableIsTheOnlyOne(Jvm jvm) throws Exception {
    Map<String, String> variables = Map.of("JDK_JAVA_OPTIONS", "-XX:+UseG1GC");
    try (LaunchedProcess process = site.start(jvm, List.of(), variables, "report")) {
      assertEquals("true", process.line("UseG1GC"));
      assertEquals(0, process.exitCode(), process.errors());
    }
  }

  @ParameterizedTest
  @MethodSource("jvms")
  void optionsOfVariablesArriveOnce(Jvm jvm) throws Exception {
    Map<String, String> variables =
        Map.of("JAVA_TOOL_OPTIONS", "-Dtool=1", "JDK_JAVA_OPTIONS", "-Djdk=1");
    try (LaunchedProcess process = site.start(jvm, List.of(), variables, "report")) {
      String options = process.line("options");
      assertEquals(1, count("-Dtool=1", options), options);
      assertEquals(1, count("-Djdk=1", options), options);
      assertEquals(0, process.exitCode());
      assertEquals(1, count("Picked up JAVA_TOOL_OPTIONS", process.errors()));
    }
  }

  private static long count(String part, String whole) {
    return Pattern.compile(part, Pattern.LITERAL).matcher(whole).results().count();
  }

  @ParameterizedTest
  @MethodSource("jvms")
  void argumentsAndEnvironmentArriveUnchanged(Jvm jvm) throws Exception {
    Map<String, String> environment = Map.of("WAGI_TEST", "grün = ja");
    String[] arguments = {"report", "--version", "a b", "", "*", "@file", "\"q\"", "grün"};
    try (LaunchedProcess process = site.start(jvm, List.of(), environment, arguments)) {
      assertEquals("grün = ja", process.line("variable"));
      assertEquals(List.of(arguments).toString(), process.line("arguments"));
    }
  }

  @ParameterizedTest
  @MethodSource("jvms")
  void standardInputArrives(Jvm jvm) throws Exception {
    try (LaunchedProcess process = site.start(jvm, "stdin")) {
      process.input("one\ntwo\n");
      assertEquals(List.of("one", "two"), process.remainingLines());
    }
  }

  @ParameterizedTest
  @MethodSource("jvms")
  void exitCodesArrive(Jvm jvm) throws Exception {
    for (int code : new int[] {0, 3, 255}) {
      try (LaunchedProcess process = site.start(jvm, "exit", Integer.toString(code))) {
        assertEquals(code, process.exitCode());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("jvms")
  void uncaughtExceptionIsExitCodeOne(Jvm jvm) throws Exception {
    try (LaunchedProcess process = site.start(jvm, "fail")) {
      assertEquals(1, process.exitCode());
      assertTrue(process.errors().contains("failed on purpose"));
    }
  }

  @ParameterizedTest
  @MethodSource("jvms")
  void namedJvmThatIsTooOldEndsWithASentence(Jvm jvm) throws Exception {
    Jvm old = LaunchSite.old();
    Map<String, String> environment = Map.of("WAGI_JAVA_HOME", old.home().toString());
    try (LaunchedProcess process = site.start(jvm, List.of(), environment, "report")) {
      assertEquals(5, process.exitCode());
      assertEquals(
          "wagi-server: WAGI_JAVA_HOME names Java "
              + old
              + ", expected Java 25 or newer: set it to the home of one, or unset it",
          process.errors());
    }
  }

  @ParameterizedTest
  @MethodSource("jvms")
  void jvmThatCannotBeStartedEndsWithASentence(Jvm jvm, @TempDir Path broken) throws Exception {
    Path java = Files.createDirectory(broken.resolve("bin")).resolve("java");
    Files.writeString(java, "#!/missing\n");
    assertTrue(java.toFile().setExecutable(true));
    Files.writeString(broken.resolve("release"), "JAVA_VERSION=\"25\"");
    Map<String, String> environment = Map.of("WAGI_JAVA_HOME", broken.toString());
    try (LaunchedProcess process = site.start(jvm, List.of(), environment, "report")) {
      assertEquals(5, process.exitCode());
      String sentence = "wagi-server: cannot start Java 25 in " + broken + ": ";
      assertTrue(process.errors().startsWith(sentence), process.errors());
    }
  }

  @Test
  void chosenJvmThatIsTooOldEndsWithASentence() throws Exception {
    Jvm old = LaunchSite.old();
    try (LaunchedProcess process = site.start(old, chosen(), Map.of(), "report")) {
      assertEquals(5, process.exitCode());
      assertEquals(
          "wagi-server: is Java " + old + ", but its file 'release' told another version",
          process.errors());
    }
  }

  @Test
  void chosenJvmWithoutTheFlagWarnsAndGoesOn() throws Exception {
    try (LaunchedProcess process = site.start(LaunchSite.current(), chosen(), Map.of(), "report")) {
      assertEquals("true", process.line("DontCompileHugeMethods"));
      assertEquals(0, process.exitCode());
      assertEquals(
          "wagi-server: warning: this JVM did not take -XX:-DontCompileHugeMethods, large guest"
              + " functions will be slow",
          process.errors());
    }
  }

  /** As if this process were the launcher. */
  private static List<String> chosen() {
    return List.of("-Dwagi.launcher=" + ProcessHandle.current().pid());
  }

  @Test
  void portOfADebuggerIsFreeAgainAfterExec() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    String agent = "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:";
    try (LaunchedProcess process =
        site.start(LaunchSite.current(), List.of(agent + port), Map.of(), "report")) {
      assertTrue(process.line("options").contains("-Dwagi.launcher="));
      assertEquals(0, process.exitCode(), process.errors());
    }
  }

  @Test
  void pipeThatAShellPassesStaysOpenOverExec() throws Exception {
    List<String> command = new ArrayList<>(List.of("/bin/sh", "-c"));
    command.add("echo hello | { exec 9<&0 </dev/null; exec \"$0\" \"$@\"; }");
    command.addAll(site.command(LaunchSite.current(), List.of(), "read", "/dev/fd/9"));
    try (LaunchedProcess process = LaunchSite.start(command, Map.of())) {
      assertEquals("hello", process.line("read"));
    }
  }
}
