package wagi.config;

import java.util.List;
import java.util.stream.Collectors;

/** A configuration cannot be used; carries every problem found, in the order of the files. */
public final class ConfigException extends Exception {
  private static final long serialVersionUID = 1;

  private final transient List<Problem> problems;
  private final transient List<Problem> warnings;

  public ConfigException(List<Problem> problems) {
    this(problems, List.of());
  }

  public ConfigException(List<Problem> problems, List<Problem> warnings) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
    this.warnings = List.copyOf(warnings);
  }

  public List<Problem> problems() {
    return problems;
  }

  /** What was also seen, and would not have stopped anything. */
  public List<Problem> warnings() {
    return warnings;
  }
}
