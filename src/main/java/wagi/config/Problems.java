package wagi.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Gathers what is wrong, so that all of it is told at once. */
final class Problems {
  /** More than these help nobody; a hostile file must not make us keep a million. */
  private static final int MOST = 1000;

  private final boolean strict;
  private final Set<Path> lookedAt;
  private final List<Problem> errors = new ArrayList<>();
  private final List<Problem> warnings = new ArrayList<>();

  /**
   * @param lookedAt takes every file that was looked at or for: those who wait until a problem is
   *     mended watch them
   */
  Problems(boolean strict, Set<Path> lookedAt) {
    this.strict = strict;
    this.lookedAt = lookedAt;
  }

  void lookedAt(Path file) {
    lookedAt.add(file);
  }

  List<Problem> errors() {
    return inFileOrder(errors);
  }

  void error(Position at, String message) {
    add(errors, new Problem(at, message));
  }

  void warn(Position at, String message) {
    add(warnings, new Problem(at, message));
  }

  /** A key nobody reads: WAGI ignores it, so it warns, unless the user asked for more. */
  void unknownKey(Position at, String message) {
    add(strict ? errors : warnings, new Problem(at, message));
  }

  void addAll(ConfigException exception) {
    exception.problems().forEach(problem -> add(errors, problem));
  }

  List<Problem> warnings() {
    return inFileOrder(warnings);
  }

  boolean any() {
    return !errors.isEmpty();
  }

  void throwIfAny() throws ConfigException {
    if (!errors.isEmpty()) {
      throw new ConfigException(inFileOrder(errors), warnings());
    }
  }

  private static void add(List<Problem> list, Problem problem) {
    if (list.size() < MOST) {
      list.add(problem);
    }
  }

  private static List<Problem> inFileOrder(List<Problem> found) {
    Map<String, List<Problem>> byFile = new LinkedHashMap<>();
    for (Problem problem : found) {
      byFile.computeIfAbsent(problem.at().file(), file -> new ArrayList<>()).add(problem);
    }
    List<Problem> ordered = new ArrayList<>();
    for (List<Problem> ofFile : byFile.values()) {
      ofFile.sort((a, b) -> a.at().compareTo(b.at()));
      ordered.addAll(ofFile);
    }
    return List.copyOf(ordered);
  }
}
