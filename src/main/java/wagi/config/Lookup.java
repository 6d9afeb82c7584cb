package wagi.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where relative paths of a file are looked up: beside the file, then in the working directory, as
 * WAGI did.
 */
record Lookup(List<Path> directories) {
  static Lookup of(Path first, Path second) {
    Path beside = first.normalize();
    Path working = second.normalize();
    return new Lookup(beside.equals(working) ? List.of(beside) : List.of(beside, working));
  }

  /** The first place that holds what is wanted; null after reporting where it was looked for. */
  @Nullable Path find(Node.Text text, Wanted wanted, Problems problems) {
    List<Path> places = new ArrayList<>();
    try {
      for (Path directory : directories) {
        Path place = directory.resolve(text.value()).normalize();
        if (wanted.watched()) {
          problems.lookedAt(place);
        }
        if (wanted.fits().test(place)) {
          return place;
        }
        if (!places.contains(place)) {
          places.add(place);
        }
      }
    } catch (InvalidPathException e) {
      problems.error(
          text.at(),
          wanted.key() + ": " + text.found() + " is no path of this system: " + e.getReason());
      return null;
    }
    String looked = places.stream().map(Path::toString).collect(Collectors.joining(" and "));
    problems.error(
        text.at(),
        wanted.key()
            + ": no such "
            + wanted.kind()
            + " "
            + text.found()
            + "; looked for "
            + looked);
    return null;
  }

  /**
   * What kind of thing a key names.
   *
   * @param watched whether a change of it is a reason to read again
   */
  record Wanted(String key, String kind, boolean watched, Predicate<Path> fits) {}
}
