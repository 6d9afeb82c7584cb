package wagi.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigReaderTest {
  private static final Path MANIFEST = Path.of("src/test/resources/config/wasi-example.yaml");

  @Test
  void everyDefaultIsTheDocumentedOne(@TempDir Path directory) throws Exception {
    Files.writeString(directory.resolve("a.wasm"), "");
    Files.writeString(
        directory.resolve("modules.toml"), "[[module]]\nroute = \"/\"\nmodule = \"a.wasm\"\n");
    Configuration configuration =
        ConfigReader.read(ConfigSources.in(directory).withConfig(Path.of("modules.toml")));
    int threads = Math.max(2, Runtime.getRuntime().availableProcessors());
    Duration ten = Duration.ofSeconds(10);
    Duration thirty = Duration.ofSeconds(30);
    assertEquals(
        new ServerSettings(
            thirty,
            null,
            threads,
            Math.max(128, threads),
            Duration.ofSeconds(60),
            10_000,
            ten,
            thirty,
            thirty,
            List.of(),
            "/healthz",
            0,
            true,
            List.of(),
            null),
        configuration.server());
    assertEquals(
        new LogSettings(null, LogSettings.Format.TEXT, LogSettings.Access.COMMON, null),
        configuration.log());
    assertEquals(List.of(), configuration.warnings());
    Site site = configuration.sites().getFirst();
    assertEquals(new ListenAddress("127.0.0.1", 3000), site.addresses().getFirst());
    ModuleSettings module = site.modules().getFirst();
    assertEquals(
        new LimitSettings(
            thirty,
            256,
            Duration.ofSeconds(5),
            256L << 20,
            10L << 20,
            64L << 20,
            64 << 10,
            1L << 20,
            64,
            128L << 10,
            64),
        module.limits());
    assertEquals("_start", module.entrypoint());
    assertEquals(new ArgvSettings.Query(), module.argv());
    assertEquals(Instances.POOLED, module.instances());
    assertNull(module.digest());
  }

  @Test
  void positionsOfKeysAreKept(@TempDir Path directory) throws Exception {
    Files.writeString(directory.resolve("a.wasm"), "");
    Files.writeString(
        directory.resolve("modules.toml"), "\n[[module]]\nroute = \"/\"\nmodule = \"a.wasm\"\n");
    ModuleSettings module =
        ConfigReader.read(ConfigSources.in(directory).withConfig(Path.of("modules.toml")))
            .sites()
            .getFirst()
            .modules()
            .getFirst();
    assertEquals("modules.toml:2:1", module.at().toString());
    assertEquals("modules.toml:4:10", module.at("module").toString());
    assertEquals("modules.toml:2:1", module.at("entrypoint").toString());
  }

  @Test
  void manifestOf2021RunsAsItIs(@TempDir Path directory) throws Exception {
    for (String name : List.of("http-example", "hello", "index", "error", "log")) {
      Files.writeString(directory.resolve("krustlet-wagi-demo-" + name + ".wasm"), "");
    }
    Configuration configuration =
        ConfigReader.read(
            ConfigSources.in(Path.of("").toAbsolutePath())
                .withConfig(MANIFEST)
                .withModulesDir(directory));
    Site site = configuration.sites().getFirst();
    assertEquals("0.0.0.0:3001", site.addresses().getFirst().toString());
    assertEquals(
        List.of("/http-example", "/hello/...", "/error", "/log", "/"),
        site.modules().stream().map(ModuleSettings::route).toList());
    assertEquals(directory.resolve("krustlet-wagi-demo-hello.wasm"), site.modules().get(1).file());
    assertEquals(List.of("https://api.brigade.sh"), site.modules().getFirst().allowedHosts());
    assertEquals(MANIFEST + ":12:47", site.modules().get(1).at("route").toString());
    assertEquals(1, configuration.warnings().size());
  }

  @Test
  void manifestWithoutModulesSaysWhatToGive() {
    ConfigException e =
        assertThrows(
            ConfigException.class,
            () ->
                ConfigReader.read(
                    ConfigSources.in(Path.of("").toAbsolutePath()).withConfig(MANIFEST)));
    assertEquals(5, e.problems().size());
    assertTrue(e.problems().stream().allMatch(p -> p.message().contains("give --modules-dir DIR")));
  }

  @Test
  void byteOrderMarkIsDropped(@TempDir Path directory) throws Exception {
    for (String file : List.of("a.toml", "a.json", "a.yaml")) {
      String text = file.equals("a.toml") ? "module = []" : "{\"module\": []}";
      Files.writeString(directory.resolve(file), "\ufeff" + text);
      Configuration configuration =
          ConfigReader.read(ConfigSources.in(directory).withConfig(Path.of(file)));
      assertEquals(List.of(), configuration.sites().getFirst().modules(), file);
    }
  }

  @Test
  void bytesThatAreNotUtf8AreAProblemWithTheirPlace(@TempDir Path directory) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes("# ä\nmodule = [] # ".getBytes(UTF_8));
    bytes.write(0xC0);
    bytes.write(0xAF);
    Files.write(directory.resolve("modules.toml"), bytes.toByteArray());
    assertEquals(
        "modules.toml:2:15: is not UTF-8; save the file as UTF-8",
        message(directory, "modules.toml"));
  }

  @Test
  void carriageReturnsAreFine(@TempDir Path directory) throws Exception {
    Files.writeString(directory.resolve("modules.toml"), "module = []\r\n[log]\r\nbad = 1\r\n");
    List<Problem> warnings =
        ConfigReader.read(ConfigSources.in(directory).withConfig(Path.of("modules.toml")))
            .warnings();
    assertEquals("modules.toml:3:1", warnings.getFirst().at().toString());
  }

  @Test
  void fileOver4MiBIsAProblem(@TempDir Path directory) throws IOException {
    Files.writeString(directory.resolve("modules.toml"), "#".repeat((4 << 20) + 1));
    assertEquals(
        "modules.toml: is larger than 4 MiB, the most a configuration file may be",
        message(directory, "modules.toml"));
  }

  @Test
  void deepNestingIsAProblemInEverySyntax(@TempDir Path directory) throws IOException {
    for (String file : List.of("deep.toml", "deep.json", "deep.yaml")) {
      String start = file.equals("deep.toml") ? "a = " : "";
      Files.writeString(directory.resolve(file), start + "[".repeat(20_000));
      assertTrue(message(directory, file).startsWith(file + ":1:"), file);
    }
  }

  @Test
  void tooManyModulesAreAProblem(@TempDir Path directory) throws IOException {
    Files.writeString(
        directory.resolve("modules.json"), "{\"module\": [{}" + ", {}".repeat(10_000) + "]}");
    assertEquals(
        "modules.json:1:12: more than 10000 modules in one file",
        message(directory, "modules.json"));
  }

  @Test
  void nothingNamedIsNothingServed(@TempDir Path directory) throws Exception {
    assertEquals(List.of(), ConfigReader.read(ConfigSources.in(directory)).sites());
  }

  @Test
  void truncatedFilesNeverEndInAnotherException(@TempDir Path directory) throws Exception {
    String text = Files.readString(MANIFEST);
    List<String> read = new ArrayList<>();
    for (int length = 0; length < text.length(); length += 7) {
      Files.writeString(directory.resolve("cut.yaml"), text.substring(0, length));
      read.add(message(directory, "cut.yaml"));
    }
    assertTrue(read.stream().noneMatch(String::isEmpty));
  }

  private static String message(Path directory, String file) {
    ConfigException e =
        assertThrows(
            ConfigException.class,
            () -> ConfigReader.read(ConfigSources.in(directory).withConfig(Path.of(file))));
    return String.valueOf(e.getMessage());
  }
}
