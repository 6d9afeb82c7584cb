package wagi.config;

/**
 * A place in a file.
 *
 * @param file as the user named it, or a flag's name
 * @param line from 1; 0 when the whole file is meant
 * @param column from 1, in characters
 */
public record Position(String file, int line, int column) implements Comparable<Position> {
  /** The whole of a file, or of a flag. */
  public static Position of(String file) {
    return new Position(file, 0, 0);
  }

  @Override
  public int compareTo(Position other) {
    if (line != other.line) {
      return Integer.compare(line, other.line);
    }
    return Integer.compare(column, other.column);
  }

  @Override
  public String toString() {
    return line == 0 ? file : file + ":" + line + ":" + column;
  }
}
