package wagi.server;

/**
 * Hears what becomes of the server as a whole, in order; for a service manager and for logs. Called
 * on the thread that starts, reloads or stops it, which waits: be quick.
 */
public interface LifecycleListener {
  /** Every listener is open and every module can answer. */
  void ready(String status);

  /** A new configuration is being read; the old one serves on. */
  void reloading();

  /**
   * A reload is over.
   *
   * @param status what is served now, and what the reload found wrong
   * @param changed false when the old assembly serves on, because of problems or for lack of change
   */
  void reloaded(String status, boolean changed);

  /** No more requests are accepted; those under way may finish. */
  void stopping();
}
