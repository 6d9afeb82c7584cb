package wagi.server;

import java.util.List;
import wagi.config.Problem;

/**
 * How a reload went.
 *
 * @param changed whether something else is served than before
 * @param problems what could not be taken over; what they concern is served as before
 * @param listening whether every wanted address is open
 */
public record Reload(boolean changed, List<Problem> problems, boolean listening) {
  public Reload {
    problems = List.copyOf(problems);
  }
}
