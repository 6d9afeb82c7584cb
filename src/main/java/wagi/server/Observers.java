package wagi.server;

import java.io.IOException;
import java.io.OutputStream;
import java.time.InstantSource;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import wagi.config.LogSettings;
import wagi.gateway.StderrListener;
import wagi.message.IncidentListener;
import wagi.observe.AccessFormat;
import wagi.observe.AccessLog;
import wagi.observe.GuestLog;
import wagi.observe.GuestLogFiles;
import wagi.observe.IncidentLog;
import wagi.observe.LogFormat;
import wagi.observe.LogLevel;
import wagi.observe.Logging;

/** Those who listen to the story of requests. */
final class Observers implements AutoCloseable {
  private final AccessLog access;
  private final IncidentLog incidents;
  private final @Nullable GuestLogFiles guestFiles;

  Observers(LogSettings log, OutputStream out) throws IOException {
    Logging.configure(level(log.level()), LogFormat.valueOf(log.format().name()), System.err);
    guestFiles =
        log.guests() == null ? null : new GuestLogFiles(log.guests(), InstantSource.system());
    access = new AccessLog(format(log.access()), ZoneId.systemDefault(), out);
    incidents = IncidentLog.ticking();
  }

  AccessLog access() {
    return access;
  }

  IncidentListener incidents() {
    return incidents;
  }

  StderrListener guests() {
    return guestFiles == null ? new GuestLog() : guestFiles;
  }

  /** Lets go of files that somebody may have renamed; they are opened again when written to. */
  void reopen() {
    if (guestFiles != null) {
      guestFiles.close();
    }
  }

  /** The file's word, else the one of WAGI's environment variable. */
  private static LogLevel level(LogSettings.@Nullable Level level) {
    if (level != null) {
      return LogLevel.valueOf(level.name());
    }
    String filter = System.getenv("RUST_LOG");
    return filter == null ? LogLevel.INFO : LogLevel.ofRustLog(filter).orElse(LogLevel.INFO);
  }

  private static AccessFormat format(LogSettings.Access access) {
    return switch (access) {
      case COMMON -> AccessFormat.COMMON;
      case COMBINED -> AccessFormat.COMBINED;
      case JSON -> AccessFormat.JSON;
      case OFF -> AccessFormat.OFF;
    };
  }

  @Override
  public void close() {
    incidents.close();
    access.close();
    if (guestFiles != null) {
      guestFiles.close();
    }
  }
}
