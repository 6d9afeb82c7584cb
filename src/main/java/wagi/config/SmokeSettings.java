package wagi.config;

import org.jspecify.annotations.Nullable;

/**
 * The request a module must answer before it is served.
 *
 * @param path may carry a query
 * @param status what it must be answered with
 */
public record SmokeSettings(String path, int status) {
  private static final int OK = 200;

  /** Reads a path, or a table of path and status; null when there is none. */
  static @Nullable SmokeSettings read(Fields fields) {
    Node node = fields.node("smoke");
    if (node == null) {
      return null;
    }
    if (node instanceof Node.Text) {
      String path = path(fields, "smoke");
      return path == null ? null : new SmokeSettings(path, OK);
    }
    if (!(node instanceof Node.Table)) {
      fields.expected("smoke", "a path or a table of path and status", node);
      return null;
    }
    Fields table = fields.fields("smoke", Section.SMOKE);
    if (table == null) {
      return null;
    }
    int status = table.count("status", 100, 599, OK);
    if (!table.has("path")) {
      table.missing("path", "write the path to ask for, such as \"/hello\"");
      return null;
    }
    String path = path(table, "path");
    return path == null ? null : new SmokeSettings(path, status);
  }

  private static @Nullable String path(Fields fields, String key) {
    String text = fields.plainText(key);
    if (text == null) {
      return null;
    }
    boolean visible = text.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '#');
    if (!text.startsWith("/") || !visible) {
      fields.error(
          key,
          "expected a path that begins with / and is written as in a request, found "
              + Quote.of(text));
      return null;
    }
    return text;
  }
}
