package wagi.config;

import java.util.List;

/**
 * Where the text inside a YAML or JSON string stands in its file: exact for a literal block and for
 * a string on one line without escapes, else the place of the string.
 */
final class ScalarPlaces implements JacksonTree.Places {
  private final Position start;
  private final int lineOffset;
  private final int columnOffset;
  private final boolean exact;

  ScalarPlaces(Node.Text scalar, String fileText) {
    start = scalar.at();
    List<String> lines = fileText.lines().toList();
    String first = start.line() <= lines.size() ? lines.get(start.line() - 1) : "";
    int column = start.column() - 1;
    if (first.startsWith("|", column)) {
      List<String> block = lines.subList(start.line(), lines.size());
      lineOffset = start.line();
      columnOffset = indentation(block) - indentation(scalar.value().lines().toList());
      exact = true;
      return;
    }
    boolean oneLine = scalar.value().indexOf('\n') < 0;
    boolean plain = oneLine && first.startsWith(scalar.value(), column);
    boolean quoted = oneLine && !plain && first.startsWith(scalar.value(), column + 1);
    lineOffset = start.line() - 1;
    columnOffset = quoted ? column + 1 : column;
    exact = plain || quoted;
  }

  private static int indentation(List<String> lines) {
    for (String line : lines) {
      if (!line.isBlank()) {
        return line.length() - line.stripLeading().length();
      }
    }
    return 0;
  }

  @Override
  public Position at(int line, int column) {
    return exact ? new Position(start.file(), line + lineOffset, column + columnOffset) : start;
  }
}
