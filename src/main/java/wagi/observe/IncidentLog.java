package wagi.observe;

import java.util.ArrayList;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;
import wagi.message.Incident;
import wagi.message.IncidentKind;
import wagi.message.IncidentListener;
import wagi.message.Limit;

/**
 * Logs incidents, but not as many lines as hostile clients and guests wish: of each kind and module
 * the first few in a second have a line each. The others are counted, and one line tells how many
 * there were.
 *
 * <p>What it keeps is a number for each module and kind that has had an incident lately.
 */
public final class IncidentLog implements IncidentListener, AutoCloseable {
  static final int LINES = 10;

  /** Requests that wait are told of more seldom: there may be some for as long as there is work. */
  static final int WAITING_LINES = 1;

  static final int WAITING_SECONDS = 60;

  private record Key(IncidentKind kind, @Nullable String module) {
    static Key of(Incident incident) {
      return new Key(incident.kind(), incident.module());
    }

    boolean onlyWaits() {
      return kind instanceof Limit limit && limit.onlyWaits();
    }

    Level level() {
      return onlyWaits() ? Level.INFO : Level.WARN;
    }

    int lines() {
      return onlyWaits() ? WAITING_LINES : LINES;
    }

    /** In seconds. */
    int window() {
      return onlyWaits() ? WAITING_SECONDS : 1;
    }
  }

  private final Map<Key, Integer> counts = new ConcurrentHashMap<>();
  private final ScheduledThreadPoolExecutor clock =
      new ScheduledThreadPoolExecutor(1, this::thread);
  private final Logger guests;
  private final Logger clients;
  private long seconds;

  /** A log whose seconds others count. */
  IncidentLog(Logger guests, Logger clients) {
    this.guests = guests;
    this.clients = clients;
  }

  /** A log whose seconds are those of the system. */
  public static IncidentLog ticking() {
    IncidentLog log =
        new IncidentLog(
            LoggerFactory.getLogger("wagi.gateway"), LoggerFactory.getLogger("wagi.http"));
    var unused = log.clock.scheduleAtFixedRate(log::secondEnds, 1, 1, TimeUnit.SECONDS);
    return log;
  }

  private Thread thread(Runnable work) {
    return Thread.ofPlatform().name("incident-log").daemon().unstarted(work);
  }

  @Override
  public void happened(Incident incident) {
    Key key = Key.of(incident);
    if (counts.merge(key, 1, Integer::sum) <= key.lines()) {
      write(key, incident);
    }
  }

  private void write(Key key, Incident incident) {
    LoggingEventBuilder event = logger(incident.module()).atLevel(key.level());
    if (incident.requestId() != null) {
      event = event.addKeyValue("request_id", incident.requestId());
    }
    if (incident.route() != null) {
      event = event.addKeyValue("route", incident.route());
    }
    event.log("{}{}", subject(incident.module()), incident.sentence());
  }

  /** A second is over: tells what was left out in it, and begins anew. */
  synchronized void secondEnds() {
    seconds++;
    for (Key key : new ArrayList<>(counts.keySet())) {
      if (seconds % key.window() == 0) {
        tellRest(key);
      }
    }
  }

  private void tellRest(Key key) {
    Integer count = counts.remove(key);
    if (count != null && count > key.lines()) {
      logger(key.module()).atLevel(key.level()).log("{}", rest(key, count - key.lines()));
    }
  }

  private static String rest(Key key, int count) {
    return String.format(
        Locale.ROOT,
        "%s... and %,d more of the kind %s in the last %s",
        subject(key.module()),
        count,
        key.kind().key(),
        key.window() == 1 ? "second" : key.window() + " seconds");
  }

  private Logger logger(@Nullable String module) {
    return module == null ? clients : guests;
  }

  private static String subject(@Nullable String module) {
    return module == null ? "" : "module " + module + " ";
  }

  /** Returns of how many kinds and modules it keeps a number. */
  int size() {
    return counts.size();
  }

  /** Tells what was left out. */
  @Override
  public void close() {
    clock.shutdownNow();
    for (Key key : new ArrayList<>(counts.keySet())) {
      tellRest(key);
    }
  }
}
