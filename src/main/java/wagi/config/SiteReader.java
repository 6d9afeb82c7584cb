package wagi.config;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one file into a site. */
final class SiteReader {
  /** Keys that only the server's own files may hold. */
  private static final List<String> SERVER_ONLY =
      List.of("server", "log", "registry", "outbound", "admin", "static");

  private final ConfigSources sources;
  private final Problems problems;

  SiteReader(ConfigSources sources, Problems problems) {
    this.sources = sources;
    this.problems = problems;
  }

  static boolean isNative(Document document, Node.Table table) {
    if (document.syntax() == Document.Syntax.TOML) {
      return true;
    }
    return !PodReader.isManifest(table) && NativeReader.isNative(table);
  }

  @Nullable Document document(@Nullable Path path) {
    return path == null ? null : Document.read(path, sources.workingDirectory(), problems);
  }

  Node.@Nullable Table table(@Nullable Document document, String what) {
    if (document == null) {
      return null;
    }
    if (document.root() instanceof Node.Table table) {
      return table;
    }
    problems.error(document.root().at(), "expected " + what + ", found " + document.root().found());
    return null;
  }

  void refuse(Fields fields, List<String> keys, String why) {
    for (String key : keys) {
      if (fields.has(key)) {
        problems.error(fields.keyAt(key), key + ": " + why);
      }
    }
  }

  Site main(Document document, List<ListenAddress> addresses, Fields root, Limits limits) {
    return site(document, addresses, modules(root, document, limits), false);
  }

  /** A Pod manifest or a Krustlet map in place of a native {@code --config} file. */
  Site foreignMain(Document document, Node.Table table, Limits limits, ListenPlaces places) {
    Foreign foreign = foreign(document, table, limits);
    return site(document, places.ofMain(foreign.listen()), foreign.modules(), false);
  }

  /** A file of {@code --conf-dir}; null when there is nothing in it to understand. */
  @Nullable Site fragment(Path file, Limits limits, ListenPlaces places) {
    Document document = document(file);
    Node.Table table = table(document, "a site");
    if (document == null || table == null) {
      return null;
    }
    if (isNative(document, table)) {
      return fragment(document, new Fields(Section.ROOT, table, problems), limits, places);
    }
    Foreign foreign = foreign(document, table, limits);
    return site(document, places.ofFragment(foreign.listen()), foreign.modules(), true);
  }

  private Site fragment(Document document, Fields root, Limits limits, ListenPlaces places) {
    refuse(root, SERVER_ONLY, "belongs in the --config or --settings file");
    Fields own = root.fields("limits", Section.LIMITS);
    if (own != null) {
      refuse(own, List.of("max"), "ceilings belong in the --config or --settings file");
    }
    ListenAddress listen = NativeReader.listen(root, problems);
    List<ModuleSettings> modules = modules(root, document, limits.with(own, problems));
    Node generation = root.node("generation");
    return new Site(
        document.name(),
        places.ofFragment(listen),
        text(root, "order"),
        modules,
        text(root, "source"),
        generation instanceof Node.Whole whole
            ? String.valueOf(whole.value())
            : text(root, "generation"),
        true);
  }

  private record Foreign(@Nullable ListenAddress listen, List<ModuleSettings> modules) {}

  /** Its address is never a server name. */
  private Foreign foreign(Document document, Node.Table table, Limits limits) {
    Scope scope = scope(document, limits);
    if (PodReader.isManifest(table)) {
      PodReader.Pod pod = new PodReader(scope, document).read(table);
      return new Foreign(pod.listen(), pod.modules());
    }
    AnnotationReader reader = new AnnotationReader(scope);
    return new Foreign(reader.listen(table), reader.modules(table));
  }

  private static Site site(
      Document document,
      List<ListenAddress> addresses,
      List<ModuleSettings> modules,
      boolean fragment) {
    return new Site(document.name(), addresses, "", modules, "", "", fragment);
  }

  private List<ModuleSettings> modules(Fields root, Document document, Limits limits) {
    return new NativeReader(scope(document, limits)).modules(root, document);
  }

  private Scope scope(Document document, Limits limits) {
    Path modulesDir = sources.modulesDir();
    return new Scope(
        Lookup.of(document.directory(), sources.workingDirectory()),
        modulesDir == null ? null : sources.resolve(modulesDir),
        limits,
        sources.environment(),
        problems);
  }

  private static String text(Fields root, String key) {
    String text = root.text(key);
    return text == null ? "" : text;
  }
}
