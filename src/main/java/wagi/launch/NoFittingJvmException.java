package wagi.launch;

/** No JVM fits; the message is the sentence for the user. */
final class NoFittingJvmException extends Exception {
  private static final long serialVersionUID = 1;

  NoFittingJvmException(String message) {
    super(message);
  }
}
