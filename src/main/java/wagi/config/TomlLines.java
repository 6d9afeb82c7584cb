package wagi.config;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * TOML text without its empty lines and lines of comment: the parser's time grows with the cube of
 * how many of them follow one another.
 *
 * @param text what is left
 * @param numbers where its lines stood, from 1
 */
record TomlLines(String text, List<Integer> numbers) {
  private static final Pattern IDLE =
      Pattern.compile("[ \\t]*+(?:#[^\\x00-\\x08\\x0a-\\x1f\\x7f]*+)?\\r?\\n?");

  /** As many in a row cost less than a second, should the parser see no text where we see one. */
  private static final long MOST_IDLE_IN_TEXTS = 400;

  static TomlLines of(String whole, String file) throws ConfigException {
    StringBuilder kept = new StringBuilder(whole.length());
    List<Integer> numbers = new ArrayList<>();
    String open = null;
    long idle = 0;
    long cost = 0;
    int number = 0;
    for (int from = 0; from < whole.length(); ) {
      int end = whole.indexOf('\n', from) + 1;
      String line = whole.substring(from, end == 0 ? whole.length() : end);
      from += line.length();
      number++;
      boolean isIdle = IDLE.matcher(line).matches();
      if (isIdle && open == null) {
        continue;
      }
      idle = isIdle ? idle + 1 : 0;
      cost += 3 * idle * idle;
      if (cost > MOST_IDLE_IN_TEXTS * MOST_IDLE_IN_TEXTS * MOST_IDLE_IN_TEXTS) {
        throw tooMany(new Position(file, number, 1));
      }
      kept.append(line);
      numbers.add(number);
      open = openAfter(line, open);
    }
    numbers.add(number + 1);
    return new TomlLines(kept.toString(), numbers);
  }

  private static ConfigException tooMany(Position at) {
    String message =
        "too many empty lines or lines that begin with # in one text, expected not many more than "
            + MOST_IDLE_IN_TEXTS
            + " on end; is a \"\"\" or \'\'\' before it not closed?";
    return new ConfigException(List.of(new Problem(at, message)));
  }

  /** Returns where a line of the text that is left stood. */
  int number(int line) {
    return numbers.get(Math.min(line, numbers.size()) - 1);
  }

  /** Returns the quotes of the text that goes on after a line, or null. */
  private static @Nullable String openAfter(String line, @Nullable String openBefore) {
    String open = openBefore;
    for (int i = 0; i < line.length(); ) {
      char c = line.charAt(i);
      if (open != null) {
        i = endOfText(line, i, open);
        open = i > line.length() && open.length() == 3 ? open : null;
      } else if (c == '#') {
        return null;
      } else if (c == '"' || c == '\'') {
        String three = String.valueOf(c).repeat(3);
        open = line.startsWith(three, i) ? three : String.valueOf(c);
        i += open.length();
      } else {
        i++;
      }
    }
    return open != null && open.length() == 3 ? open : null;
  }

  /** Returns the index after the closing quotes, or one beyond the line. */
  private static int endOfText(String line, int from, String quotes) {
    for (int i = from; i < line.length(); i++) {
      if (line.startsWith(quotes, i)) {
        int end = i + quotes.length();
        // Two more may belong to a text between three.
        while (quotes.length() == 3 && end < i + 5 && line.startsWith(quotes.substring(2), end)) {
          end++;
        }
        return end;
      }
      if (line.charAt(i) == '\\' && quotes.charAt(0) == '"') {
        i++;
      }
    }
    return line.length() + 1;
  }
}
