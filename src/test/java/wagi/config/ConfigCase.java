package wagi.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One case of a golden file.
 *
 * <pre>
 * === its name
 * $ flags, where "--config modules.toml" would not do
 * --> a file's path
 * the file's text
 * ---
 * what reading it gives
 * </pre>
 *
 * The directory also holds what {@link #FILES} and {@link #DIRECTORIES} name.
 */
record ConfigCase(String name, List<String> flags, Map<String, String> files, String expected) {
  private static final List<String> FILES =
      List.of(
          "hello.wasm",
          "echo.wasm",
          "php-cgi.wasm",
          "a b.wasm",
          "other/hello.wasm",
          "mods/hello.wasm",
          "mods/web.wat",
          "mods/krustlet-wagi-demo-hello.wasm");
  private static final List<String> DIRECTORIES = List.of("data", "public", "conf", "empty.d");

  static List<ConfigCase> read(Path golden) throws IOException {
    List<ConfigCase> cases = new ArrayList<>();
    for (String text : Files.readString(golden).split("(?m)^=== ", -1)) {
      if (!text.isBlank() && !text.startsWith("#")) {
        cases.add(parse(text));
      }
    }
    return cases;
  }

  private static ConfigCase parse(String text) {
    int end = text.lastIndexOf("\n---\n");
    String input = text.substring(0, end + 1);
    List<String> lines = new ArrayList<>(input.lines().toList());
    String name = lines.removeFirst();
    List<String> flags = List.of("--config", "modules.toml");
    if (!lines.isEmpty() && lines.getFirst().startsWith("$ ")) {
      flags = List.of(lines.removeFirst().substring(2).split(" ", -1));
    }
    Map<String, String> files = new LinkedHashMap<>();
    String file = "";
    for (String line : lines) {
      if (line.startsWith("--> ")) {
        file = line.substring(4);
        files.put(file, "");
      } else {
        files.merge(file, line + "\n", String::concat);
      }
    }
    return new ConfigCase(name, flags, files, text.substring(end + 5).strip());
  }

  String run(Path directory) throws IOException {
    for (String path : DIRECTORIES) {
      Files.createDirectories(directory.resolve(path));
    }
    for (String path : FILES) {
      write(directory.resolve(path), "");
    }
    for (Map.Entry<String, String> file : files.entrySet()) {
      write(directory.resolve(file.getKey()), file.getValue());
    }
    return result(directory).replace(directory.toString(), "$DIR").strip();
  }

  private String result(Path directory) {
    StringBuilder result = new StringBuilder();
    try {
      Configuration configuration = ConfigReader.read(sources(directory));
      configuration.warnings().forEach(w -> result.append("warning ").append(w).append('\n'));
      Dump.write(configuration, result);
    } catch (ConfigException e) {
      e.problems().forEach(p -> result.append("problem ").append(p).append('\n'));
      e.warnings().forEach(w -> result.append("warning ").append(w).append('\n'));
    }
    return result.toString();
  }

  private ConfigSources sources(Path directory) throws ConfigException {
    ConfigSources sources = ConfigSources.in(directory);
    Map<String, String> environment = new LinkedHashMap<>();
    List<String> left = new ArrayList<>(flags);
    while (!left.isEmpty()) {
      String flag = left.removeFirst();
      sources =
          switch (flag) {
            case "--strict" -> sources.withStrict(true);
            case "--config" -> sources.withConfig(Path.of(left.removeFirst()));
            case "--conf-dir" -> sources.withConfDir(Path.of(left.removeFirst()));
            case "--settings" -> sources.withSettings(Path.of(left.removeFirst()));
            case "--modules-dir" -> sources.withModulesDir(Path.of(left.removeFirst()));
            case "--listen" -> sources.withListen(left.removeFirst());
            case "--env" -> {
              EnvironmentFlag variable = EnvironmentFlag.parse(left.removeFirst());
              environment.put(variable.name(), variable.value());
              yield sources.withEnvironment(environment);
            }
            default -> throw new IllegalArgumentException(flag);
          };
    }
    return sources;
  }

  private static void write(Path file, String text) throws IOException {
    Path parent = file.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    Files.write(file, text.getBytes(UTF_8));
  }
}
