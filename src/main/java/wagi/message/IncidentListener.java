package wagi.message;

/** Hears of each limit that was reached and each request that failed. */
@FunctionalInterface
public interface IncidentListener {
  /** Called on guest or I/O threads: must not block. */
  void happened(Incident incident);
}
