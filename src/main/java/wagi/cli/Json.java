package wagi.cli;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes maps, lists, texts, numbers, booleans and null as indented JSON, in ASCII. */
final class Json {
  private static final String INDENT = "  ";

  private Json() {}

  static String text(@Nullable Object value) {
    StringBuilder out = new StringBuilder();
    write(out, value, "\n");
    return out.toString();
  }

  private static void write(StringBuilder out, @Nullable Object value, String newLine) {
    switch (value) {
      case null -> out.append("null");
      case Map<?, ?> map -> object(out, map, newLine);
      case List<?> list -> array(out, list, newLine);
      case String text -> string(out, text);
      default -> out.append(value);
    }
  }

  private static void object(StringBuilder out, Map<?, ?> map, String newLine) {
    String separator = newLine + INDENT;
    out.append('{');
    for (Map.Entry<?, ?> member : map.entrySet()) {
      out.append(separator);
      string(out, String.valueOf(member.getKey()));
      out.append(": ");
      write(out, member.getValue(), newLine + INDENT);
      separator = "," + newLine + INDENT;
    }
    out.append(map.isEmpty() ? "" : newLine).append('}');
  }

  private static void array(StringBuilder out, List<?> list, String newLine) {
    String separator = newLine + INDENT;
    out.append('[');
    for (Object item : list) {
      out.append(separator);
      write(out, item, newLine + INDENT);
      separator = "," + newLine + INDENT;
    }
    out.append(list.isEmpty() ? "" : newLine).append(']');
  }

  private static void string(StringBuilder out, String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> out.append('\\').append(c);
        default -> {
          if (c >= ' ' && c < 0x7f) {
            out.append(c);
          } else {
            out.append("\\u%04x".formatted((int) c));
          }
        }
      }
    }
    out.append('"');
  }
}
