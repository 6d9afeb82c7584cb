package wagi.http;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** Remembers what anybody logs as an error while it is open: exceptions that nobody expected. */
final class ErrorLog extends AppenderBase<ILoggingEvent> implements AutoCloseable {
  private final List<String> errors = new CopyOnWriteArrayList<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger("ROOT");

  private ErrorLog() {}

  static ErrorLog open() {
    ErrorLog log = new ErrorLog();
    log.start();
    log.logger.addAppender(log);
    return log;
  }

  List<String> errors() {
    return List.copyOf(errors);
  }

  @Override
  protected void append(ILoggingEvent event) {
    if (event.getLevel().isGreaterOrEqual(Level.ERROR)) {
      String thrown =
          event.getThrowableProxy() == null ? "" : " " + event.getThrowableProxy().getMessage();
      errors.add(event.getFormattedMessage() + thrown);
    }
  }

  @Override
  public void close() {
    logger.detachAppender(this);
  }
}
