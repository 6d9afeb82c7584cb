package wagi.gateway;

/** Hears what guests say on standard error, line by line, on their threads. */
@FunctionalInterface
public interface StderrListener {
  /**
   * Takes a line without its end.
   *
   * @param text decoded as UTF-8, malformed bytes replaced; anything else is as the guest wrote it,
   *     control characters too
   * @param cut the line was too long, the next call brings more of it
   */
  void line(String requestId, String module, String route, String text, boolean cut);
}
