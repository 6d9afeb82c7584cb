package wagi.config;

import java.util.List;

/**
 * A file of {@code --conf-dir} that cannot be used; the others can.
 *
 * @param file as its {@link Site} would name it
 */
public record RejectedFile(String file, List<Problem> problems) {
  public RejectedFile {
    problems = List.copyOf(problems);
  }
}
