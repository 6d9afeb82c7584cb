package wagi.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A table read key by key; what has the wrong type is reported and counts as not written. */
final class Fields {
  private final Section section;
  private final Node.Table table;
  private final Problems problems;

  Fields(Section section, Node.Table table, Problems problems) {
    this.section = section;
    this.table = table;
    this.problems = problems;
    table
        .entries()
        .forEach(
            (key, entry) -> {
              if (!section.keys.contains(key)) {
                problems.unknownKey(entry.keyAt(), KnownKeys.unknown(section, key));
              }
            });
  }

  Position at() {
    return table.at();
  }

  /** Where the value stands, or the table when it was not written. */
  Position at(String key) {
    Node node = node(key);
    return node == null ? at() : node.at();
  }

  Position keyAt(String key) {
    Node.Entry entry = table.entries().get(key);
    return entry == null ? at() : entry.keyAt();
  }

  boolean has(String key) {
    return node(key) != null;
  }

  @Nullable Node node(String key) {
    if (!section.keys.contains(key)) {
      throw new IllegalArgumentException(section + " lists no key " + key);
    }
    Node.Entry entry = table.entries().get(key);
    return entry == null ? null : entry.value();
  }

  void error(String key, String message) {
    problems.error(at(key), key + ": " + message);
  }

  void warn(String key, String message) {
    problems.warn(at(key), key + ": " + message);
  }

  void warnAt(Position at, String message) {
    problems.warn(at, message);
  }

  void missing(String key, String advice) {
    problems.error(at(), Quote.of(key) + " is missing: " + advice);
  }

  void expected(String key, String what, Node found) {
    problems.error(found.at(), key + ": expected " + what + ", found " + found.found());
  }

  /** A key whose feature is not there yet. */
  void later(String key) {
    if (has(key)) {
      problems.warn(keyAt(key), key + ": comes later; it has no effect yet");
    }
  }

  @Nullable String text(String key) {
    Node node = node(key);
    if (node == null) {
      return null;
    }
    if (node instanceof Node.Text text) {
      return text.value();
    }
    expected(key, "a string", node);
    return null;
  }

  /** A text that is neither empty nor holds a control character. */
  @Nullable String plainText(String key) {
    String text = text(key);
    if (text == null) {
      return null;
    }
    return isPlain(key, new Node.Text(at(key), text)) ? text : null;
  }

  private boolean isPlain(String key, Node.Text text) {
    if (text.value().isEmpty()) {
      problems.error(text.at(), key + ": must not be empty");
      return false;
    }
    if (Quote.hasControl(text.value())) {
      problems.error(text.at(), key + ": control character in " + text.found() + ADVICE);
      return false;
    }
    return true;
  }

  private static final String ADVICE =
      "; a backslash in \"double quotes\" begins an escape, in 'single quotes' it does not";

  boolean flag(String key, boolean standard) {
    Node node = node(key);
    if (node == null) {
      return standard;
    }
    if (node instanceof Node.Flag flag) {
      return flag.value();
    }
    expected(key, "true or false", node);
    return standard;
  }

  int count(String key, long least, long most, int standard) {
    Node node = node(key);
    Long value =
        node == null ? null : Range.of(Quantity.COUNT, least, most).read(node, key, problems);
    return value == null ? standard : Math.toIntExact(value);
  }

  Duration duration(String key, Range range, Duration standard) {
    Node node = node(key);
    Long millis = node == null ? null : range.read(node, key, problems);
    return millis == null ? standard : Duration.ofMillis(millis);
  }

  <E extends Enum<E>> E word(String key, Class<E> type, E standard) {
    Node node = node(key);
    if (node == null) {
      return standard;
    }
    List<String> words = new ArrayList<>();
    for (E constant : type.getEnumConstants()) {
      String word = constant.name().toLowerCase(Locale.ROOT);
      if (node instanceof Node.Text text && text.value().equals(word)) {
        return constant;
      }
      words.add(Quote.of(word));
    }
    expected(key, "one of " + String.join(", ", words), node);
    return standard;
  }

  /** Only the strings of an array that are neither empty nor hold control characters. */
  List<Node.Text> texts(String key) {
    Node node = node(key);
    if (node == null) {
      return List.of();
    }
    if (!(node instanceof Node.Array array)) {
      String advice = node instanceof Node.Text text ? ": write [" + text.found() + "]" : "";
      problems.error(
          node.at(), key + ": expected an array of strings, found " + node.found() + advice);
      return List.of();
    }
    List<Node.Text> texts = new ArrayList<>();
    for (Node item : array.items()) {
      if (!(item instanceof Node.Text text)) {
        expected(key, "a string", item);
      } else if (isPlain(key, text)) {
        texts.add(text);
      }
    }
    return texts;
  }

  Node.@Nullable Table table(String key) {
    Node node = node(key);
    if (node == null) {
      return null;
    }
    if (node instanceof Node.Table found) {
      return found;
    }
    expected(key, "a table", node);
    return null;
  }

  @Nullable Fields fields(String key, Section of) {
    Node.Table found = table(key);
    return found == null ? null : new Fields(of, found, problems);
  }

  /** Of the table ("") and of every key that was written. */
  Map<String, Position> positions() {
    Map<String, Position> positions = new LinkedHashMap<>();
    positions.put("", at());
    table.entries().forEach((key, entry) -> positions.put(key, entry.value().at()));
    return positions;
  }
}
