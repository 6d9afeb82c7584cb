package wagi.server;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wagi.engine.Engine;
import wagi.http.HttpServer;

/** What a start can do on another processor while it reads its command line and configuration. */
public final class Preparation {
  private static final Logger LOG = LoggerFactory.getLogger("wagi.server");

  private Preparation() {}

  /** Begins it. Whoever needs something of it waits or does it, so nobody has to know its end. */
  public static void begin() {
    start("prepare-http", HttpServer::prepare);
    start("prepare-engine", Engine::prepare);
  }

  private static void start(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.setUncaughtExceptionHandler((t, e) -> LOG.debug("{} has failed", t.getName(), e));
    thread.start();
  }
}
