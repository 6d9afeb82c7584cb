package wagi.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tables that concern the whole server, from the {@code --config} file, the {@code --settings}
 * file, or some from each.
 */
record ServerWide(ServerSettings server, LogSettings log, Limits limits) {
  /** The top level of a file and where it lies. */
  record Source(Fields root, Path directory) {}

  private static final Map<String, Section> TABLES =
      Map.of("server", Section.SERVER, "limits", Section.LIMITS, "log", Section.LOG);
  private static final List<String> LATER = List.of("registry", "outbound", "admin", "static");

  static ServerWide read(List<Source> sources, Path workingDirectory, Problems problems) {
    for (Source source : sources) {
      later(source.root());
    }
    Found server = find("server", sources, problems);
    Found limits = find("limits", sources, problems);
    Found log = find("log", sources, problems);
    return new ServerWide(
        server == null
            ? ServerReader.standard()
            : ServerReader.read(
                server.fields(),
                new TlsReader(Lookup.of(server.directory(), workingDirectory), problems),
                problems),
        log == null ? LogReader.standard() : LogReader.read(log.fields(), log.directory()),
        limits == null ? Limits.STANDARD : Limits.read(limits.fields(), problems));
  }

  ServerWide withName(String name) {
    return new ServerWide(server.withName(name), log, limits);
  }

  private record Found(Fields fields, Path directory) {}

  private static @Nullable Found find(String key, List<Source> sources, Problems problems) {
    Found found = null;
    Position first = null;
    for (Source source : sources) {
      Fields fields = source.root().fields(key, TABLES.getOrDefault(key, Section.ROOT));
      if (fields == null) {
        continue;
      }
      if (first != null) {
        problems.error(
            source.root().keyAt(key),
            "[" + key + "] is already at " + first + ": keep one of the two");
        continue;
      }
      first = source.root().keyAt(key);
      found = new Found(fields, source.directory());
    }
    return found;
  }

  private static void later(Fields root) {
    for (String key : LATER) {
      Node node = root.node(key);
      if (node == null) {
        continue;
      }
      boolean fits = key.equals("static") ? node instanceof Node.Array : node instanceof Node.Table;
      if (fits) {
        root.later(key);
      } else {
        root.expected(key, key.equals("static") ? "an array of tables" : "a table", node);
      }
    }
  }
}
