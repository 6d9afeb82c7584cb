package wagi.launch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import javax.tools.ToolProvider;

/**
 * A jar that is the product's but for {@code wagi.cli.Main}, which is {@link RecordingMain} in it;
 * and the JVMs of this machine to start it with.
 */
record LaunchSite(Path jar) {
  private static final String CLI =
      """
      package wagi.cli;
      public final class Main {
        public static void main(String[] arguments) throws Exception {
          wagi.launch.RecordingMain.main(arguments);
        }
      }
      """;

  static LaunchSite in(Path directory) throws IOException {
    Path source = Files.writeString(directory.resolve("Main.java"), CLI);
    int failed =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-proc:none",
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                directory.toString(),
                source.toString());
    assertEquals(0, failed, "javac");
    Path jar = directory.resolve("recording.jar");
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(file, manifest())) {
      add(
          entries,
          "wagi/cli/Main.class",
          Files.newInputStream(directory.resolve("wagi/cli/Main.class")));
      String recording = "wagi/launch/RecordingMain.class";
      add(entries, recording, LaunchSite.class.getResourceAsStream("/" + recording));
    }
    return new LaunchSite(jar);
  }

  private static Manifest manifest() throws IOException {
    String text =
        """
        Manifest-Version: 1.0
        Main-Class: wagi.launch.Launcher
        Enable-Native-Access: ALL-UNNAMED
        """;
    Manifest manifest = new Manifest(new ByteArrayInputStream(text.getBytes(UTF_8)));
    manifest.getMainAttributes().putValue("Class-Path", product().toUri().toString());
    return manifest;
  }

  private static void add(JarOutputStream entries, String name, InputStream bytes)
      throws IOException {
    entries.putNextEntry(new ZipEntry(name));
    try (bytes) {
      bytes.transferTo(entries);
    }
  }

  static Path product() {
    return Path.of(System.getProperty("wagi.jar"));
  }

  /** The JVM these tests run on. */
  static Jvm current() {
    return Jvm.running();
  }

  /** One that must start a child, since it cannot replace itself. */
  static Jvm old() {
    List<Jvm> installed = JvmSearch.ofThisMachine().installed();
    return installed.stream()
        .filter(jvm -> jvm.version().feature() >= 17 && jvm.version().feature() < 22)
        .findFirst()
        .orElseThrow(
            () -> new AssertionError("these tests need a JDK 17 or 21 too, found " + installed));
  }

  LaunchedProcess start(Jvm jvm, String... arguments) throws IOException {
    return start(jvm, List.of(), Map.of(), arguments);
  }

  LaunchedProcess start(
      Jvm jvm, List<String> options, Map<String, String> environment, String... arguments)
      throws IOException {
    return start(command(jvm, options, arguments), environment);
  }

  List<String> command(Jvm jvm, List<String> options, String... arguments) {
    List<String> command = new ArrayList<>(List.of(jvm.executable().toString()));
    command.addAll(options);
    command.addAll(List.of("-jar", jar.toString()));
    Collections.addAll(command, arguments);
    return command;
  }

  static LaunchedProcess start(List<String> command, Map<String, String> environment)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> inherited = builder.environment();
    inherited.keySet().removeAll(JvmCommand.VARIABLES);
    inherited.keySet().removeAll(Set.of("WAGI_JAVA_HOME", "CLASSPATH"));
    inherited.put("JAVA_HOME", current().home().toString());
    inherited.put("LC_ALL", "C.UTF-8");
    inherited.put(AotCache.VARIABLE, "off");
    inherited.putAll(environment);
    return new LaunchedProcess(builder);
  }
}
