package wagi.engine;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lets one request leave canaries wherever it can, and the next one look for them. */
final class CanaryCheck {
  static final List<String> GUESTS = List.of("canary", "canary-tables");
  static final List<String> ENDS = List.of("return", "exit", "trap", "deadline");
  private static final Duration TIMEOUT = Duration.ofMillis(300);

  private CanaryCheck() {}

  /** Returns which request's canary was seen, or null if none was. */
  static @Nullable String seen() throws ModuleRefusedException {
    for (String guest : GUESTS) {
      for (String end : ENDS) {
        String seen = seen(guest, end);
        if (seen != null) {
          return guest + " ending by " + end + ": " + seen;
        }
      }
    }
    return null;
  }

  static @Nullable String seen(String name, String end) throws ModuleRefusedException {
    try (Guests guests = new Guests(1, 1)) {
      GuestModule poisoned = guests.load(name, Guests.timeout(TIMEOUT));
      for (int i = 0; i < 3; i++) {
        Guests.Said said = guests.run(poisoned, Guests.invocation(end, ""));
        if (!endsAs(end, said.outcome())) {
          return "it ended otherwise: " + said.outcome().words();
        }
        Guests.Said scan = guests.run(poisoned, Guests.invocation("scan", ""));
        if (!scan.stdout().equals("clean")) {
          return "request " + i + ": " + scan.stdout() + ", " + scan.outcome().words();
        }
      }
      return null;
    }
  }

  private static boolean endsAs(String end, Outcome outcome) {
    return switch (end) {
      case "return" -> outcome.equals(new Outcome.Exited(0));
      case "exit" -> outcome.equals(new Outcome.Exited(7));
      case "trap" -> outcome instanceof Outcome.Trapped;
      default -> outcome.equals(new Outcome.DeadlinePassed(TIMEOUT));
    };
  }
}
