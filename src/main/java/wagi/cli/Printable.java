package wagi.cli;

/** Text of a module, which may hold anything, for a terminal. */
final class Printable {
  private Printable() {}

  /** Returns the text with a question mark for whatever a terminal might obey. */
  static String text(String foreign) {
    StringBuilder shown = new StringBuilder();
    foreign.codePoints().map(point -> isShown(point) ? point : '?').forEach(shown::appendCodePoint);
    return shown.toString();
  }

  private static boolean isShown(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
