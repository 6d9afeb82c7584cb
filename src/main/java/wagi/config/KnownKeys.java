package wagi.config;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What to say about a key nobody reads. */
final class KnownKeys {
  private static final Map<String, String> LEGACY =
      Map.of(
          "repository",
          "WAGI reserved it and never read it",
          "bindle_server",
          "Bindle is gone: give the module's file in \"module\"",
          "http_allowed_hosts",
          "the key is \"allowed_hosts\"",
          "env",
          "the key is \"environment\"",
          "hosts",
          "the key is \"host\"");

  private KnownKeys() {}

  static String unknown(Section section, String key) {
    String said = "unknown key " + Quote.of(key) + " in " + section.title;
    if (section == Section.MODULE) {
      String legacy = LEGACY.get(key);
      if (legacy != null) {
        return said + ": " + legacy;
      }
      if (Section.MODULE_LIMITS.keys.contains(key)) {
        return said + ": it belongs in [module.limits]";
      }
    }
    if (section == Section.ROOT) {
      for (Section table : List.of(Section.SERVER, Section.LIMITS, Section.LOG)) {
        if (table.keys.contains(key)) {
          return said + ": it belongs in " + table.title;
        }
      }
      if (Section.MODULE.keys.contains(key)) {
        return said + ": it belongs in [[module]]";
      }
    }
    String nearest = nearest(key, section.keys);
    return said + (nearest == null ? "" : ": did you mean " + Quote.of(nearest) + "?");
  }

  /** Null when none is near enough to be what was meant. */
  static @Nullable String nearest(String word, Iterable<String> candidates) {
    String wanted = word.toLowerCase(Locale.ROOT).replace('-', '_');
    int most = Math.max(1, Math.min(3, wanted.length() / 3));
    String best = null;
    for (String candidate : candidates) {
      int distance = distance(wanted, candidate.toLowerCase(Locale.ROOT).replace('-', '_'), most);
      if (distance <= most) {
        best = candidate;
        most = distance - 1;
      }
    }
    return best;
  }

  /** Letters to add, drop, change or swap with their neighbour; more than {@code most} is vague. */
  private static int distance(String a, String b, int most) {
    if (Math.abs(a.length() - b.length()) > most) {
      return most + 1;
    }
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        int change = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        cost[i][j] = Math.min(change, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        if (swapped) {
          cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
        }
      }
    }
    return cost[a.length()][b.length()];
  }
}
