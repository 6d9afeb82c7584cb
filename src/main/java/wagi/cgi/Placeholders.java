package wagi.cgi;

import wagi.message.Target;

/** The two placeholders of an argv template. */
final class Placeholders {
  static final String ARGS = "${ARGS}";
  private static final String SCRIPT_NAME = "${SCRIPT_NAME}";

  private Placeholders() {}

  /** Fills in once, from left to right: what the request brings is never looked at again. */
  static String fill(String word, Target target) {
    int placeholder = word.indexOf("${");
    if (placeholder < 0) {
      return word;
    }
    StringBuilder filled = new StringBuilder();
    int from = 0;
    while (placeholder >= 0) {
      filled.append(word, from, placeholder);
      if (word.startsWith(SCRIPT_NAME, placeholder)) {
        filled.append(target.path());
        from = placeholder + SCRIPT_NAME.length();
      } else if (word.startsWith(ARGS, placeholder)) {
        filled.append(queryWords(target));
        from = placeholder + ARGS.length();
      } else {
        filled.append("${");
        from = placeholder + 2;
      }
      placeholder = word.indexOf("${", from);
    }
    return filled.append(word, from, word.length()).toString();
  }

  private static String queryWords(Target target) {
    String query = target.query();
    return query == null ? "" : query.replace('&', ' ');
  }
}
