package wagi.http;

import org.xnio.Xnio;

/**
 * Keeps XNIO and its threads from registering with JMX. That would start the platform's MBean
 * server, which nobody here asks, and with it Flight Recorder's configuration: a fifth of a start.
 */
final class UnmanagedXnio {
  /** Where {@code javax.management} finds what makes an MBean server. */
  private static final String BUILDER = "javax.management.builder.initial";

  /** The thread pool's own switch; XNIO has none. */
  private static final String POOL_UNREGISTERED = "jboss.threads.eqe.disable-mbean";

  private UnmanagedXnio() {}

  /**
   * Lets XNIO's only attempt to get the MBean server fail, which it ignores. Afterwards JMX is as
   * it was, for a management agent that comes later.
   */
  static synchronized void settle() {
    if (System.getProperty(BUILDER) != null) {
      return; // somebody wants MBean servers of a kind of their own
    }
    System.setProperty(POOL_UNREGISTERED, "true");
    System.setProperty(BUILDER, "none");
    try {
      Class.forName(Xnio.class.getName() + "$MBeanHolder", true, Xnio.class.getClassLoader());
    } catch (ClassNotFoundException | LinkageError e) {
      // As intended, or XNIO does it in another way by now, and a start takes longer.
    } finally {
      System.clearProperty(BUILDER);
    }
  }
}
