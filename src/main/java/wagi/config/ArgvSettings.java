package wagi.config;

import java.util.List;

/** Where a guest's arguments come from. */
public sealed interface ArgvSettings {
  /** The request path, then the pieces of the query: WAGI's way without {@code argv}. */
  record Query() implements ArgvSettings {}

  /** WAGI's template, split at white space after its placeholders are filled in. */
  record Template(String text) implements ArgvSettings {}

  /** One argument per word; placeholders are filled in word by word. */
  record Words(List<String> words) implements ArgvSettings {
    public Words {
      words = List.copyOf(words);
    }
  }
}
