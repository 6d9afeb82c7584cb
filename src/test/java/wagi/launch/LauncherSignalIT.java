package wagi.launch;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LauncherSignalIT {
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
  void terminateDrainsAndIsTheExitCode(Jvm jvm) throws Exception {
    try (LaunchedProcess process = start(jvm)) {
      process.line("port");
      process.signal("TERM");
      assertEquals(List.of("drained"), process.remainingLines());
      assertEquals(143, process.exitCode());
    }
  }

  @ParameterizedTest
  @MethodSource("jvms")
  void interruptDrainsAndIsTheExitCode(Jvm jvm) throws Exception {
    try (LaunchedProcess process = start(jvm)) {
      process.line("port");
      process.signal("INT");
      assertEquals(List.of("drained"), process.remainingLines());
      assertEquals(130, process.exitCode());
    }
  }

  @ParameterizedTest
  @MethodSource("jvms")
  void hangUpReloadsAndEndsNothing(Jvm jvm) throws Exception {
    try (LaunchedProcess process = start(jvm)) {
      process.line("port");
      process.signal("HUP");
      process.line("reloaded");
      process.signal("HUP");
      process.line("reloaded");
      assertTrue(process.isAlive());
      process.signal("TERM");
      assertEquals(143, process.exitCode());
    }
  }

  @Test
  void killedLauncherLeavesNothingOnThePort() throws Exception {
    try (LaunchedProcess process = start(LaunchSite.old())) {
      ProcessHandle child = ProcessHandle.of(Long.parseLong(process.line("pid"))).orElseThrow();
      int port = Integer.parseInt(process.line("port"));
      process.signal("KILL");
      assertDrains(process, child);
      try (ServerSocket again = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        assertEquals(port, again.getLocalPort());
      }
      assertEquals(137, process.exitCode());
    }
  }

  @Test
  void launcherThatMayNotHandleSignalsLeavesNothingEither() throws Exception {
    try (LaunchedProcess process = start(LaunchSite.old(), "-Xrs")) {
      ProcessHandle child = ProcessHandle.of(Long.parseLong(process.line("pid"))).orElseThrow();
      process.signal("TERM");
      assertDrains(process, child);
    }
  }

  private static void assertDrains(LaunchedProcess process, ProcessHandle child) throws Exception {
    try {
      process.line("drained");
      child.onExit().get(30, SECONDS);
    } finally {
      child.destroyForcibly();
    }
  }

  @Test
  void killedChildIsTheExitCodeOfItsLauncher() throws Exception {
    try (LaunchedProcess process = start(LaunchSite.old())) {
      LaunchedProcess.send("KILL", Long.parseLong(process.line("pid")));
      assertEquals(137, process.exitCode());
    }
  }

  /** With signals as a terminal leaves them: a background job's are ignored, and that inherits. */
  private static LaunchedProcess start(Jvm jvm, String... options) throws IOException {
    List<String> command = new ArrayList<>(List.of("env", "--default-signal=TERM,INT,HUP"));
    command.addAll(site.command(jvm, List.of(options), "serve"));
    return LaunchSite.start(command, Map.of());
  }
}
