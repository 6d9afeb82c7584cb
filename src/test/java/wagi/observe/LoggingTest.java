package wagi.observe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.OutputStreamAppender;
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class LoggingTest {
  private final LoggerContext context = new LoggerContext();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeEach
  void start() {
    context.setMDCAdapter(new LogbackMDCAdapter());
    context.start();
  }

  @Test
  void levelDecidesWhatIsSaid() {
    Logging.configure(context, LogLevel.WARN, LogFormat.TEXT, err);
    context.getLogger("wagi.server").info("quiet");
    context.getLogger("wagi.server").warn("loud");

    assertEquals("WARN  wagi.server: loud", said());
  }

  @Test
  void librariesOnlyWarn() {
    Logging.configure(context, LogLevel.TRACE, LogFormat.TEXT, err);
    for (String library : new String[] {"io.undertow.request", "org.xnio", "org.jboss.threads"}) {
      assertEquals(Level.WARN, context.getLogger(library).getEffectiveLevel());
    }
  }

  @Test
  void librariesAreQuieterWhereTheServerIs() {
    Logging.configure(context, LogLevel.ERROR, LogFormat.TEXT, err);

    assertEquals(Level.ERROR, context.getLogger("io.undertow").getEffectiveLevel());
  }

  @Test
  void guestsAreHeardAtAnyLevel() {
    Logging.configure(context, LogLevel.ERROR, LogFormat.TEXT, err);
    context.getLogger("guest.hello").info("hi");

    assertEquals("INFO  guest.hello: hi", said());
  }

  @Test
  void configuredAgainItSaysThingsOnce() {
    Logging.configure(context, LogLevel.INFO, LogFormat.JSON, new ByteArrayOutputStream());
    Logging.configure(context, LogLevel.INFO, LogFormat.TEXT, err);
    context.getLogger("a").info("once");

    assertEquals("INFO  a: once", said());
  }

  @Test
  void streamOutlivesTheConfiguration() {
    ClosedStream stream = new ClosedStream();
    Logging.configure(context, LogLevel.INFO, LogFormat.TEXT, stream);
    context.stop();

    assertEquals(false, stream.closed);
  }

  @Test
  void logbackFindsOurConfigurationAndNoOther() {
    LoggerContext found = (LoggerContext) LoggerFactory.getILoggerFactory();
    var appenders = found.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).iteratorForAppenders();

    var appender = assertInstanceOf(OutputStreamAppender.class, appenders.next());
    assertInstanceOf(LogEncoder.class, appender.getEncoder());
    assertEquals(false, appenders.hasNext());
  }

  @Test
  void rustLogNamesALevel() {
    assertEquals(Optional.of(LogLevel.DEBUG), LogLevel.ofRustLog("debug"));
    assertEquals(Optional.of(LogLevel.ERROR), LogLevel.ofRustLog(" ERROR "));
    assertEquals(Optional.of(LogLevel.TRACE), LogLevel.ofRustLog("warn,wagi=trace"));
    assertEquals(Optional.of(LogLevel.INFO), LogLevel.ofRustLog("wagi_server::dispatcher=info"));
    assertEquals(Optional.of(LogLevel.WARN), LogLevel.ofRustLog("warn,hyper=trace"));
  }

  @Test
  void rustLogOfOthersNamesNone() {
    assertEquals(Optional.empty(), LogLevel.ofRustLog(""));
    assertEquals(Optional.empty(), LogLevel.ofRustLog("off"));
    assertEquals(Optional.empty(), LogLevel.ofRustLog("hyper=debug"));
    assertEquals(Optional.empty(), LogLevel.ofRustLog("verbose"));
  }

  /** What was said after the time. */
  private String said() {
    return err.toString(UTF_8).strip().replaceFirst("^\\S+Z ", "");
  }

  private static final class ClosedStream extends ByteArrayOutputStream {
    boolean closed;

    @Override
    public void close() {
      closed = true;
    }
  }
}
