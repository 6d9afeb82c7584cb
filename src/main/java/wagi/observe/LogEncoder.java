package wagi.observe;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import java.util.function.Function;

/** Turns an event of the server's log into bytes. */
final class LogEncoder extends EncoderBase<ILoggingEvent> {
  private final Function<ILoggingEvent, String> lines;

  /**
   * @param journal whether each line begins with its level in the words of systemd
   */
  LogEncoder(LogFormat format, boolean journal) {
    Function<ILoggingEvent, String> text =
        switch (format) {
          case TEXT -> LogText::lines;
          case JSON -> LogJson::line;
        };
    lines = journal ? event -> JournalStream.withLevel(event.getLevel(), text.apply(event)) : text;
  }

  @Override
  public byte[] headerBytes() {
    return new byte[0];
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    return lines.apply(event).getBytes(UTF_8);
  }

  @Override
  public byte[] footerBytes() {
    return new byte[0];
  }
}
