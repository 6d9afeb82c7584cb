package wagi.gateway;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once for a module that it prints header lines which are none. */
public final class IgnoredLines {
  private static final Logger LOG = LoggerFactory.getLogger("wagi.gateway");

  private final String module;
  private final AtomicBoolean said = new AtomicBoolean();

  public IgnoredLines(String module) {
    this.module = module;
  }

  void report(List<String> lines, String requestId) {
    if (!lines.isEmpty() && said.compareAndSet(false, true)) {
      LOG.atWarn()
          .addKeyValue("request_id", requestId)
          .log("module {} prints lines that are no header fields, ignored: {}", module, lines);
    }
  }
}
