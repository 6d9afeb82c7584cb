package wagi.observe;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.OutputStream;
import java.time.Duration;
import java.time.ZoneId;
import wagi.gateway.Answered;
import wagi.gateway.RequestListener;
import wagi.message.Refusal;
import wagi.message.RefusalListener;
import wagi.message.Request;

/** Writes a line for every request, answered or refused. */
public final class AccessLog implements RequestListener, RefusalListener, AutoCloseable {
  private static final int MAX_BUFFERED_BYTES = 4 * 1024 * 1024;
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  private final AccessFormat format;
  private final ApacheLine apache;
  private final LineWriter writer;

  /**
   * Starts the log's thread.
   *
   * @param zone of the times in Apache's formats; JSON has UTC
   * @param out not closed by this log
   */
  public AccessLog(AccessFormat format, ZoneId zone, OutputStream out) {
    this(format, zone, new LineWriter("access-log", out, MAX_BUFFERED_BYTES, CLOSE_TIMEOUT));
  }

  AccessLog(AccessFormat format, ZoneId zone, LineWriter writer) {
    this.format = format;
    this.apache = new ApacheLine(format == AccessFormat.COMBINED, zone);
    this.writer = writer;
  }

  @Override
  public void started(Request request) {}

  @Override
  public void finished(Answered answered) {
    write(AccessEntry.of(answered));
  }

  @Override
  public void refused(Refusal refusal) {
    write(AccessEntry.of(refusal));
  }

  /** Returns how many lines were dropped because the reader was too slow. */
  public long dropped() {
    return writer.dropped();
  }

  /** Writes what is left; a reader that takes nothing is waited for only briefly. */
  @Override
  public void close() {
    writer.close();
  }

  private void write(AccessEntry entry) {
    switch (format) {
      case COMMON, COMBINED -> writer.write(apache.of(entry).getBytes(UTF_8));
      case JSON -> writer.write(AccessJson.line(entry).getBytes(UTF_8));
      case OFF -> {}
    }
  }
}
