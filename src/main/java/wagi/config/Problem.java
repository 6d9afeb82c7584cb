package wagi.config;

/** Something wrong in a configuration, and where. */
public record Problem(Position at, String message) {
  @Override
  public String toString() {
    return at + ": " + message;
  }
}
