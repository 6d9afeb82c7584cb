package wagi.wasi;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import wagi.engine.Guest;
import wagi.engine.HostFunction;
import wagi.engine.HostModule;
import wagi.engine.Invocation;
import wagi.engine.Preopen;
import wagi.engine.TestGuests;

/**
 * Plays a guest from a text: set-up lines ({@code args}, {@code env}, {@code stdin}, {@code
 * preopen}, {@code writable}, {@code open_files}, {@code module}), then calls and looks at memory
 * ({@code i32}, {@code i64}, {@code hex}, {@code dump}, {@code text}, {@code stdout}, {@code
 * stderr}), and at a file of the host, from the volume's parent ({@code host}).
 *
 * <p>An argument {@code 'text'} is put into memory and passed as address and length.
 */
final class WasiScript {
  private static final int TEXT_AT = 32_768;

  private final Path box;
  private final StringBuilder out = new StringBuilder();
  private final TestGuests.RecordingSink sink = new TestGuests.RecordingSink();
  private final List<String> arguments = new ArrayList<>();
  private final List<String> environment = new ArrayList<>();
  private final List<Preopen> preopens = new ArrayList<>();
  private String stdin = "";
  private int openFiles = 16;
  private Map<String, HostFunction> functions = byName(WasiPreview1.module());
  private HostModule module = WasiPreview1.module();
  private final Guest guest;
  private int textAt = TEXT_AT;

  private WasiScript(String script, Path box, Beneath way) {
    this.box = box;
    List<String> rest = script.lines().filter(line -> !line.isBlank() && !setUp(line)).toList();
    Invocation invocation =
        new Invocation(
            "_start",
            arguments,
            environment,
            () -> new ByteArrayInputStream(stdin.getBytes(UTF_8)),
            preopens);
    guest = TestGuests.guest(invocation, openFiles, sink, 1);
    Descriptors.of(guest, way);
    rest.forEach(this::play);
  }

  static String run(String script, Path box, Beneath way) throws Exception {
    WasiScript played = new WasiScript(script, box, way);
    TestGuests.end(played.guest);
    return played.out.toString();
  }

  static HostFunction function(HostModule module, String name) {
    return Objects.requireNonNull(byName(module).get(name), name);
  }

  private static Map<String, HostFunction> byName(HostModule module) {
    return module.functions().stream()
        .collect(Collectors.toMap(HostFunction::name, Function.identity()));
  }

  private boolean setUp(String line) {
    String[] words = line.split(" ", 2);
    String rest = words.length > 1 ? words[1].replace("\\0", "\0") : "";
    switch (words[0]) {
      case "args" -> arguments.addAll(List.of(rest.split(" ", -1)));
      case "env" -> environment.addAll(List.of(rest.split(" ", -1)));
      case "stdin" -> stdin = rest;
      case "preopen" -> preopens.add(new Preopen(rest, box, false));
      case "writable" -> preopens.add(new Preopen(rest, box, true));
      case "open_files" -> openFiles = Integer.parseInt(rest);
      case "module" -> {
        module = rest.equals("wasi_unstable") ? WasiUnstable.module() : WasiPreview1.module();
        functions = byName(module);
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private void play(String line) {
    List<String> words = words(line);
    List<Long> numbers = new ArrayList<>();
    if (words.getFirst().equals("host")) {
      out.append(host(box.resolveSibling(words.get(1)))).append('\n');
      return;
    }
    if (!words.getFirst().equals("hex")) {
      words.stream().skip(1).forEach(word -> addArgument(word, numbers));
    }
    int at = numbers.isEmpty() ? 0 : numbers.getFirst().intValue();
    switch (words.getFirst()) {
      case "i32" -> {
        for (int i = 1; i < numbers.size(); i++) {
          guest.memory().writeI32(at + 4 * (i - 1), numbers.get(i).intValue());
        }
      }
      case "i64" -> guest.memory().writeLong(at, numbers.get(1));
      case "hex" -> {
        for (int i = 2; i < words.size(); i++) {
          guest
              .memory()
              .writeByte(
                  Integer.parseInt(words.get(1)) + i - 2,
                  (byte) Integer.parseInt(words.get(i), 16));
        }
      }
      case "dump" -> out.append(dump(at, numbers.get(1).intValue())).append('\n');
      case "text" ->
          out.append(new String(guest.memory().readBytes(at, numbers.get(1).intValue()), UTF_8))
              .append('\n');
      case "stdout" -> out.append(sink.stdout.toString(UTF_8)).append('\n');
      case "stderr" -> out.append(sink.stderr.toString(UTF_8)).append('\n');
      default -> out.append(call(words.getFirst(), numbers)).append('\n');
    }
  }

  private String call(String name, List<Long> numbers) {
    HostFunction function = functions.get(name);
    if (function == null) {
      throw new IllegalArgumentException("no function " + name);
    }
    if (function.type().params().size() != numbers.size()) {
      throw new IllegalArgumentException(name + " takes " + function.type().params());
    }
    long[] raw = numbers.stream().mapToLong(Long::longValue).toArray();
    return name + " " + module.resultText(function, function.call().call(guest, raw));
  }

  private void addArgument(String word, List<Long> numbers) {
    if (!word.startsWith("'")) {
      numbers.add(Long.decode(word));
      return;
    }
    byte[] text = word.substring(1, word.length() - 1).getBytes(UTF_8);
    guest.memory().write(textAt, text, 0, text.length);
    numbers.add((long) textAt);
    numbers.add((long) text.length);
    textAt += text.length + 1;
  }

  private static String host(Path path) {
    try {
      if (Files.isSymbolicLink(path)) {
        return "link to " + Files.readSymbolicLink(path);
      }
      return Files.isDirectory(path)
          ? "directory"
          : "file " + Files.readString(path).replace("\0", "\\0");
    } catch (IOException e) {
      return "nothing";
    }
  }

  private String dump(int at, int length) {
    StringBuilder hex = new StringBuilder();
    for (int i = 0; i < length; i++) {
      hex.append(i == 0 ? "" : i % 8 == 0 ? " | " : " ")
          .append(String.format("%02x", guest.memory().read(at + i)));
    }
    return hex.toString();
  }

  private static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    for (int at = 0; at < line.length(); ) {
      boolean quoted = line.charAt(at) == '\'';
      int end = quoted ? line.indexOf('\'', at + 1) + 1 : line.indexOf(' ', at);
      end = end < 0 ? line.length() : end;
      words.add(line.substring(at, end));
      at = end + 1;
    }
    return words;
  }
}
