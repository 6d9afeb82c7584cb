package wagi.cli;

/** What the process says with its exit code. */
final class ExitCode {
  static final int DONE = 0;
  static final int UNEXPECTED = 1;
  static final int USAGE = 2;
  static final int CONFIGURATION = 3;
  static final int CANNOT_LISTEN = 4;

  private ExitCode() {}
}
