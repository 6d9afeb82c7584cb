package wagi.launch;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
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
    try (LaunchedProcess process = site.start(jvm, "serve")) {
      process.line("port");
      process.signal("TERM");
      assertEquals(List.of("drained"), process.remainingLines());
      assertEquals(143, process.exitCode());
    }
  }

  @ParameterizedTest
  @MethodSource("jvms")
  void interruptDrainsAndIsTheExitCode(Jvm jvm) throws Exception {
    try (LaunchedProcess process = site.start(jvm, "serve")) {
      process.line("port");
      process.signal("INT");
      assertEquals(List.of("drained"), process.remainingLines());
      assertEquals(130, process.exitCode());
    }
  }

  @ParameterizedTest
  @MethodSource("jvms")
  void hangUpReloadsAndEndsNothing(Jvm jvm) throws Exception {
    try (LaunchedProcess process = site.start(jvm, "serve")) {
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
    try (LaunchedProcess process = site.start(LaunchSite.old(), "serve")) {
      ProcessHandle child = ProcessHandle.of(Long.parseLong(process.line("pid"))).orElseThrow();
      int port = Integer.parseInt(process.line("port"));
      process.signal("KILL");
      process.line("drained");
      child.onExit().get(30, SECONDS);
      try (ServerSocket again = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        assertEquals(port, again.getLocalPort());
      }
      assertEquals(137, process.exitCode());
    }
  }

  @Test
  void killedChildIsTheExitCodeOfItsLauncher() throws Exception {
    try (LaunchedProcess process = site.start(LaunchSite.old(), "serve")) {
      LaunchedProcess.send("KILL", Long.parseLong(process.line("pid")));
      assertEquals(137, process.exitCode());
    }
  }
}
