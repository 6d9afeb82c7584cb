package wagi.observe;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.slf4j.LoggerFactory;

/** Sets up the server's log. */
public final class Logging {
  private static final List<String> LIBRARIES = List.of("io.undertow", "org.xnio", "org.jboss");

  private Logging() {}

  /**
   * Sends the log of this process to the stream, in place of where it went before. What guests say
   * is not the server's opinion and goes there at any level.
   *
   * @param err not closed
   */
  public static void configure(LogLevel level, LogFormat format, OutputStream err) {
    configure((LoggerContext) LoggerFactory.getILoggerFactory(), level, format, err);
  }

  static void configure(LoggerContext context, LogLevel level, LogFormat format, OutputStream err) {
    context.reset();
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.valueOf(level.name()));
    context.getLogger(GuestLog.LOGGER).setLevel(Level.INFO);
    Level libraries = level == LogLevel.ERROR ? Level.ERROR : Level.WARN;
    LIBRARIES.forEach(name -> context.getLogger(name).setLevel(libraries));
    root.addAppender(appender(context, format, err));
  }

  /**
   * Returns lines for standard error, where they stand beside those of the log: in the journal with
   * their level.
   */
  public static String besideTheLog(LogLevel level, String lines) {
    return JournalStream.is(JournalStream.STANDARD_ERROR, System.getenv())
        ? JournalStream.withLevel(Level.valueOf(level.name()), lines).stripTrailing()
        : lines;
  }

  private static OutputStreamAppender<ILoggingEvent> appender(
      LoggerContext context, LogFormat format, OutputStream err) {
    boolean journal =
        err == System.err && JournalStream.is(JournalStream.STANDARD_ERROR, System.getenv());
    LogEncoder encoder = new LogEncoder(format, journal);
    encoder.setContext(context);
    encoder.start();
    OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
    appender.setContext(context);
    appender.setEncoder(encoder);
    appender.setOutputStream(new Unclosed(err));
    appender.start();
    return appender;
  }

  /** The appender closes its stream when the log is set up anew; standard error must outlive it. */
  private static final class Unclosed extends FilterOutputStream {
    Unclosed(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }
}
