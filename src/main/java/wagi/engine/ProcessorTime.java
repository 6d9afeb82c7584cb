package wagi.engine;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** How long threads have computed, without the time they waited for a processor or a collector. */
final class ProcessorTime {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private ProcessorTime() {}

  static long of(Thread thread) {
    return THREADS.getThreadCpuTime(thread.threadId());
  }

  static long ofThisThread() {
    return THREADS.getCurrentThreadCpuTime();
  }
}
