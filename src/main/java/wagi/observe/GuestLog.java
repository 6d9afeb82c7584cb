package wagi.observe;

import org.slf4j.LoggerFactory;
import wagi.gateway.StderrListener;

/** Puts guests' standard error into the server's log, under the logger {@code guest.<module>}. */
public final class GuestLog implements StderrListener {
  static final String LOGGER = "guest";

  @Override
  public void line(String requestId, String module, String route, String text, boolean cut) {
    LoggerFactory.getLogger(LOGGER + "." + module)
        .atInfo()
        .addKeyValue("request_id", requestId)
        .addKeyValue("route", route)
        .log(text);
  }
}
