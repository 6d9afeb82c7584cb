package wagi.engine;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** Remembers what the engine warns of while it is open. */
final class RecordingLog extends AppenderBase<ILoggingEvent> implements AutoCloseable {
  private final List<String> warnings = new CopyOnWriteArrayList<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger("wagi.engine");

  private RecordingLog() {}

  static RecordingLog open() {
    RecordingLog log = new RecordingLog();
    log.start();
    log.logger.addAppender(log);
    return log;
  }

  List<String> warnings() {
    return List.copyOf(warnings);
  }

  @Override
  protected void append(ILoggingEvent event) {
    if (event.getLevel().isGreaterOrEqual(Level.WARN)) {
      warnings.add(event.getFormattedMessage());
    }
  }

  @Override
  public void close() {
    logger.detachAppender(this);
  }
}
