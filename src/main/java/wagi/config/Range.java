package wagi.config;

import org.jspecify.annotations.Nullable;

/**
 * The numbers a key may have.
 *
 * @param none whether {@code "none"} lifts the bound
 */
record Range(Quantity quantity, long least, long most, boolean none) {
  /** What {@code "none"} is read as. */
  static final long NONE = Long.MAX_VALUE;

  static Range of(Quantity quantity, long least, long most) {
    return new Range(quantity, least, most, false);
  }

  /** Null when it is not such a number; the problem is reported. */
  @Nullable Long read(Node node, String key, Problems problems) {
    if (none && node instanceof Node.Text text && text.value().equals("none")) {
      return NONE;
    }
    long value = quantity.parse(node);
    if (value == Quantity.NOT_ONE) {
      String expected = quantity.expected + (none ? " or \"none\"" : "");
      problems.error(
          node.at(), key + ": expected " + expected + ", found " + node.found() + advice(node));
      return null;
    }
    if (value < least || value > most) {
      problems.error(
          node.at(),
          key
              + ": expected "
              + quantity.write(least)
              + " to "
              + quantity.write(most)
              + ", found "
              + node.found());
      return null;
    }
    return value;
  }

  private String advice(Node node) {
    if (quantity == Quantity.DURATION && node instanceof Node.Whole whole && whole.value() >= 0) {
      return ": write the unit, \"" + whole.value() + "s\"";
    }
    boolean decimal = node instanceof Node.Text text && text.value().matches("[0-9]+ *[kKMG][bB]?");
    return quantity == Quantity.SIZE && decimal ? ": units are KiB, MiB and GiB" : "";
  }

  String write(long value) {
    return value == NONE ? "none" : quantity.write(value);
  }
}
