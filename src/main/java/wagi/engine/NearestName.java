package wagi.engine;

import org.jspecify.annotations.Nullable;

/** The name somebody probably meant. */
final class NearestName {
  private NearestName() {}

  static @Nullable String of(String name, Iterable<String> candidates) {
    String best = null;
    int bestDistance = Math.max(2, name.length() / 2);
    for (String candidate : candidates) {
      int distance = distance(name, candidate);
      boolean nearer = distance < bestDistance;
      boolean firstOfEqual =
          distance == bestDistance && best != null && candidate.compareTo(best) < 0;
      if (nearer || firstOfEqual) {
        best = candidate;
        bestDistance = distance;
      }
    }
    return best;
  }

  /** Levenshtein distance; names longer than any of ours are far from all. */
  private static int distance(String a, String b) {
    if (a.length() > 200 || b.length() > 200) {
      return Integer.MAX_VALUE;
    }
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int above = row[j];
        int substitution = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(substitution, Math.min(above, row[j - 1]) + 1);
        diagonal = above;
      }
    }
    return row[b.length()];
  }
}
