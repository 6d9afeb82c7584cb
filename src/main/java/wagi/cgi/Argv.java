package wagi.cgi;

import java.util.ArrayList;
import java.util.List;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;
import wagi.message.Target;

/** How the arguments of a guest come about. */
public sealed interface Argv {
  List<String> arguments(Target target);

  /** The path, and every part of the query between {@code &}, undecoded. */
  record Query() implements Argv {
    @Override
    public List<String> arguments(Target target) {
      List<String> arguments = new ArrayList<>();
      arguments.add(target.path());
      addParts(target.query(), arguments);
      return arguments;
    }
  }

  /**
   * Words between blanks. {@code ${SCRIPT_NAME}} is the path, {@code ${ARGS}} the query with blanks
   * for {@code &}, which make words of their own; no argument is empty.
   */
  record Template(List<String> words) implements Argv {
    public Template {
      words = List.copyOf(words);
    }

    public Template(String text) {
      this(words(text));
    }

    @Override
    public List<String> arguments(Target target) {
      List<String> arguments = new ArrayList<>();
      for (String word : words) {
        arguments.addAll(words(Placeholders.fill(word, target)));
      }
      return arguments;
    }

    private static List<String> words(String text) {
      if (text.indexOf(' ') < 0 && text.indexOf('\t') < 0 && text.indexOf('\n') < 0) {
        return text.isEmpty() ? List.of() : List.of(text);
      }
      List<String> words = new ArrayList<>();
      StringTokenizer tokens = new StringTokenizer(text);
      while (tokens.hasMoreTokens()) {
        words.add(tokens.nextToken());
      }
      return words;
    }
  }

  /**
   * One argument for each word, whatever the word holds. A word that is {@code ${ARGS}} alone
   * becomes the parts of the query, as many as there are.
   */
  record Words(List<String> words) implements Argv {
    public Words {
      words = List.copyOf(words);
    }

    @Override
    public List<String> arguments(Target target) {
      List<String> arguments = new ArrayList<>();
      for (String word : words) {
        if (word.equals(Placeholders.ARGS)) {
          addParts(target.query(), arguments);
        } else {
          arguments.add(Placeholders.fill(word, target));
        }
      }
      return arguments;
    }
  }

  private static void addParts(@Nullable String query, List<String> arguments) {
    if (query == null) {
      return;
    }
    int from = 0;
    for (int end = query.indexOf('&'); end >= 0; end = query.indexOf('&', from)) {
      arguments.add(query.substring(from, end));
      from = end + 1;
    }
    arguments.add(query.substring(from));
  }
}
