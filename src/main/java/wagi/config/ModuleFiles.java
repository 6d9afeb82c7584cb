package wagi.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the file a module reference or a name stands for. */
final class ModuleFiles {
  private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):(.*)");
  private static final Lookup.Wanted FILE =
      new Lookup.Wanted("module", "file", true, Files::isRegularFile);

  private final @Nullable Path modulesDir;
  private final Lookup lookup;
  private final Problems problems;

  ModuleFiles(@Nullable Path modulesDir, Lookup lookup, Problems problems) {
    this.modulesDir = modulesDir;
    this.lookup = lookup;
    this.problems = problems;
  }

  /** Null when there is none; the problem is reported. */
  @Nullable Path find(Node.Text reference) {
    Matcher matcher = SCHEME.matcher(reference.value());
    if (!matcher.matches()) {
      return lookup.find(reference, FILE, problems);
    }
    String scheme = matcher.group(1).toLowerCase(Locale.ROOT);
    switch (scheme) {
      case "file" -> {
        String path = filePath(matcher.group(2), reference);
        return path == null
            ? null
            : lookup.find(new Node.Text(reference.at(), path), FILE, problems);
      }
      case "http", "https", "oci" ->
          error(
              reference.at(),
              scheme + ": comes later: fetch " + reference.found() + " and give the file's path");
      case "bindle", "parcel" ->
          error(
              reference.at(),
              "Bindle is gone, and "
                  + Quote.of(scheme + ":")
                  + " with it: give the module's file instead");
      default ->
          error(
              reference.at(),
              "unknown scheme "
                  + Quote.of(scheme)
                  + " in "
                  + reference.found()
                  + ": expected a path or file:");
    }
    return null;
  }

  /** As WAGI reads file URLs: no host but localhost, always absolute. */
  private @Nullable String filePath(String rest, Node.Text reference) {
    String path = rest;
    if (rest.startsWith("//")) {
      int slash = rest.indexOf('/', 2);
      String host = slash < 0 ? rest.substring(2) : rest.substring(2, slash);
      if (!host.isEmpty() && !host.equalsIgnoreCase("localhost")) {
        error(reference.at(), "a file: URL names no host but localhost, found " + Quote.of(host));
        return null;
      }
      path = slash < 0 ? "/" : rest.substring(slash);
    }
    String decoded = PercentEncoding.decode(path.startsWith("/") ? path : "/" + path);
    if (decoded == null || Quote.hasControl(decoded)) {
      error(reference.at(), "bad percent-encoding in " + reference.found());
      return null;
    }
    return decoded;
  }

  /** The bytes of a name in {@code --modules-dir}; null after reporting what was looked for. */
  @Nullable Path named(Position at, String name, @Nullable String image) {
    String subject = image == null ? "module " + Quote.of(name) : "image " + Quote.of(image);
    if (modulesDir == null) {
      String why =
          image == null
              ? "nothing says where " + subject + " is"
              : subject + " cannot be pulled yet";
      problems.error(
          at, why + ": give --modules-dir DIR that holds " + name + ".wasm or " + name + ".wat");
      return null;
    }
    String repository = image == null ? name : lastSegment(image);
    List<String> names =
        repository.equals(name) || repository.isEmpty() ? List.of(name) : List.of(name, repository);
    for (String candidate : names) {
      for (String extension : List.of(".wasm", ".wat")) {
        Path file = modulesDir.resolve(candidate + extension);
        problems.lookedAt(file);
        if (Files.isRegularFile(file)) {
          return file;
        }
      }
    }
    problems.error(
        at,
        "no file for "
            + subject
            + " in "
            + modulesDir
            + "; looked for "
            + String.join(" and ", names.stream().map(n -> n + ".wasm|.wat").toList()));
    return null;
  }

  /** {@code registry:5000/team/hello:v1@sha256:…} is "hello". */
  static String lastSegment(String image) {
    int digest = image.indexOf('@');
    String name = digest < 0 ? image : image.substring(0, digest);
    String last = name.substring(name.lastIndexOf('/') + 1);
    int tag = last.indexOf(':');
    return tag < 0 ? last : last.substring(0, tag);
  }

  private void error(Position at, String message) {
    problems.error(at, "module: " + message);
  }
}
