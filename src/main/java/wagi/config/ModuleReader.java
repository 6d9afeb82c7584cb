package wagi.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one module's table. */
final class ModuleReader {
  private static final Pattern DIGEST = Pattern.compile("sha256:[0-9A-Fa-f]{64}");
  private static final Pattern INTERPRETER =
      Pattern.compile("(php|python|ruby|perl|qjs|quickjs)([^a-z].*)?", Pattern.CASE_INSENSITIVE);

  /** Stands for a file that was not found: such a configuration is never used. */
  private static final Path NO_FILE = Path.of("");

  private final Scope scope;
  private final Problems problems;

  ModuleReader(Scope scope) {
    this.scope = scope;
    this.problems = scope.problems();
  }

  /** A {@code [[module]]}; null when it has no route, which is reported. */
  @Nullable ModuleSettings read(Fields fields, ModuleNames names) {
    Path file = NO_FILE;
    Path namedBy = NO_FILE;
    String reference = fields.plainText("module");
    if (reference != null) {
      Path found = scope.files().find(new Node.Text(fields.at("module"), reference));
      file = found == null ? NO_FILE : found;
      namedBy = found == null ? Path.of("unknown.wasm") : found;
    } else if (!fields.has("module")) {
      fields.missing("module", "name the module's file");
    }
    String written = fields.text("name");
    return read(fields, written == null ? names.unique(namedBy) : written, file);
  }

  /** A module whose name and file come from elsewhere; null when it has no route. */
  @Nullable ModuleSettings read(Fields fields, String name, @Nullable Path file) {
    Lookup lookup = scope.lookup();
    ArgvSettings argv = argv(fields);
    List<VolumeSettings> volumes =
        new VolumesReader(lookup, problems).read(fields.table("volumes"));
    List<String> allowedHosts = AllowedHosts.read(fields);
    ModuleSettings module =
        new ModuleSettings(
            name,
            RouteReader.route(fields),
            file == null ? NO_FILE : file,
            RouteReader.hosts(fields),
            RouteReader.methods(fields),
            entrypoint(fields),
            argv,
            new VariablesReader(scope).read(fields),
            fields.flag("authorization", false),
            volumes,
            allowedHosts,
            concurrency(fields),
            digest(fields),
            fields.word("instances", Instances.class, Instances.POOLED),
            limits(fields),
            SmokeSettings.read(fields),
            fields.flag("warm_up", volumes.isEmpty() && allowedHosts.isEmpty()),
            fields.positions());
    later(fields);
    warnOfInterpreter(fields, module);
    return module.route().isEmpty() ? null : module;
  }

  private LimitSettings limits(Fields fields) {
    Fields own = fields.fields("limits", Section.MODULE_LIMITS);
    return scope.limits().with(own, problems).settings();
  }

  private static String entrypoint(Fields fields) {
    String text = fields.plainText("entrypoint");
    return text == null ? ModuleSettings.STANDARD_ENTRYPOINT : text;
  }

  private static ArgvSettings argv(Fields fields) {
    Node node = fields.node("argv");
    if (node == null) {
      return new ArgvSettings.Query();
    }
    if (node instanceof Node.Text text) {
      refuseNul(fields, text);
      return new ArgvSettings.Template(text.value());
    }
    List<String> words = new ArrayList<>();
    if (!(node instanceof Node.Array array)) {
      fields.expected("argv", "a template or an array of strings", node);
      return new ArgvSettings.Query();
    }
    for (Node item : array.items()) {
      if (item instanceof Node.Text text) {
        refuseNul(fields, text);
        words.add(text.value());
      } else {
        fields.expected("argv", "a string", item);
      }
    }
    return new ArgvSettings.Words(words);
  }

  private static void refuseNul(Fields fields, Node.Text text) {
    if (text.value().indexOf('\0') >= 0) {
      fields.expected("argv", "text without the character NUL", text);
    }
  }

  private static int concurrency(Fields fields) {
    if (fields.node("http_max_concurrency") instanceof Node.Whole whole && whole.value() == 0) {
      fields.error(
          "http_max_concurrency",
          "WAGI took 0 for \"no bound\"; leave the key out for that, and allowed_hosts to forbid"
              + " outbound HTTP");
      return 0;
    }
    return fields.count("http_max_concurrency", 1, Integer.MAX_VALUE, 0);
  }

  private static @Nullable String digest(Fields fields) {
    String text = fields.text("digest");
    if (text == null) {
      return null;
    }
    if (!DIGEST.matcher(text).matches()) {
      fields.error(
          "digest", "expected \"sha256:\" and 64 hexadecimal digits, found " + Quote.of(text));
    }
    return text.toLowerCase(Locale.ROOT);
  }

  private static void later(Fields fields) {
    for (String key : List.of("pull", "snapshot")) {
      fields.later(key);
    }
    fields.text("pull");
    fields.flag("snapshot", false);
    for (String key : List.of("allowed_hosts", "http_max_concurrency")) {
      if (fields.has(key)) {
        fields.warn(key, "outbound HTTP comes later; until then every call is denied");
        return;
      }
    }
  }

  /** Query words beginning with "-" would be options of the interpreter: CVE-2012-1823. */
  private static void warnOfInterpreter(Fields fields, ModuleSettings module) {
    String argv =
        switch (module.argv()) {
          case ArgvSettings.Query _ -> "";
          case ArgvSettings.Template template -> template.text().strip();
          case ArgvSettings.Words words -> String.join(" ", words.words());
        };
    if (!argv.contains("${ARGS}")) {
      return;
    }
    String first = argv.replaceFirst("(?s)\\s.*", "");
    Path file = module.file().getFileName();
    for (String name : List.of(module.name(), String.valueOf(file), first)) {
      String last = name.substring(name.lastIndexOf('/') + 1);
      if (INTERPRETER.matcher(last).matches()) {
        fields.warn(
            "argv",
            "${ARGS} hands words of the query to what looks like an interpreter ("
                + last
                + "): a word such as -d is an option to it; leave ${ARGS} out and read"
                + " QUERY_STRING");
        return;
      }
    }
  }
}
