package wagi.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads every file the command line names; tells all that is wrong at once. */
public final class ConfigReader {
  /** Keys that only the server's own files may hold. */
  private static final List<String> SERVER_ONLY =
      List.of("server", "log", "registry", "outbound", "admin", "static");

  private static final List<String> FRAGMENT_ONLY = List.of("order", "source", "generation");

  private final ConfigSources sources;
  private final Problems problems;
  private final List<ListenAddress> flags;

  private ConfigReader(ConfigSources sources) {
    this.sources = sources;
    this.problems = new Problems(sources.strict());
    this.flags = flags(sources.listen());
  }

  public static Configuration read(ConfigSources sources) throws ConfigException {
    return new ConfigReader(sources).read();
  }

  private Configuration read() throws ConfigException {
    List<ServerWide.Source> wide = new ArrayList<>();
    Node.Table settings = table(document(sources.settings()), "tables such as [server]");
    if (settings != null && sources.settings() != null) {
      Fields root = new Fields(Section.ROOT, settings, problems);
      refuse(root, FRAGMENT_ONLY, "belongs in a file of --conf-dir");
      refuse(root, List.of("module"), "modules belong in the --config file, not in --settings");
      refuse(root, List.of("default_host"), "belongs in the --config file; or give --listen");
      wide.add(new ServerWide.Source(root, directory(sources.settings())));
    }
    Document document = document(sources.config());
    Node.Table table = table(document, "a configuration");
    Fields root = null;
    if (document != null && table != null && isNative(document, table)) {
      root = new Fields(Section.ROOT, table, problems);
      warnOfFragmentKeys(root);
      wide.add(new ServerWide.Source(root, document.directory()));
    }
    ServerWide serverWide = ServerWide.read(wide, sources.workingDirectory(), problems);
    List<Site> sites = new ArrayList<>();
    if (document != null && root != null) {
      Address address = address(root, serverWide.server());
      if (address.serverName() != null) {
        serverWide = serverWide.withName(address.serverName());
      }
      sites.add(
          site(
              document,
              ofMain(address.listen(), serverWide.server()),
              modules(root, document, serverWide.limits())));
    } else if (document != null && table != null) {
      Foreign foreign = foreign(document, table, serverWide.limits());
      sites.add(site(document, ofMain(foreign.listen(), serverWide.server()), foreign.modules()));
    }
    sites.addAll(fragments(serverWide));
    checkRoutes(sites);
    problems.throwIfAny();
    return new Configuration(serverWide.server(), serverWide.log(), sites, problems.warnings());
  }

  private static boolean isNative(Document document, Node.Table table) {
    if (document.syntax() == Document.Syntax.TOML) {
      return true;
    }
    return !PodReader.isManifest(table) && NativeReader.isNative(table);
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

  /**
   * Where the file of {@code --config} is served.
   *
   * @param own what it says itself
   */
  private List<ListenAddress> ofMain(@Nullable ListenAddress own, ServerSettings server) {
    if (!flags.isEmpty() || own == null) {
      return standard(server);
    }
    Set<ListenAddress> all = new LinkedHashSet<>(List.of(own));
    server.listeners().forEach(listener -> all.add(listener.address()));
    return List.copyOf(all);
  }

  /** Where a file is served that does not say it. */
  private List<ListenAddress> standard(ServerSettings server) {
    if (!flags.isEmpty()) {
      return flags;
    }
    List<ListenAddress> listeners =
        server.listeners().stream().map(ListenerSettings::address).toList();
    return listeners.isEmpty() ? List.of(ListenAddress.STANDARD) : listeners;
  }

  /** Where to listen, if anything says so, and the server's name if that was one. */
  private record Address(@Nullable ListenAddress listen, @Nullable String serverName) {}

  /** {@code default_host} was Krustlet's address and WAGI's host name. */
  private Address address(Fields root, ServerSettings server) {
    String text = root.plainText("default_host");
    if (text == null) {
      return new Address(null, null);
    }
    ListenAddress address = ListenAddress.parse(text);
    if (address != null && address.isLocal()) {
      return new Address(address, null);
    }
    String host = ServerReader.hostOf(text);
    if (host == null) {
      root.error(
          "default_host", ListenAddress.EXPECTED + " or a host name, found " + Quote.of(text));
      return new Address(null, null);
    }
    boolean named = server.name() != null;
    root.warn(
        "default_host",
        Quote.of(host)
            + " is no address of this machine: it "
            + (named ? "is ignored beside server.name" : "counts as server.name")
            + ", and we listen on "
            + standard(server).getFirst());
    return new Address(null, named ? null : host);
  }

  private static Site site(
      Document document, List<ListenAddress> addresses, List<ModuleSettings> modules) {
    return new Site(document.name(), addresses, "", modules, "", "");
  }

  private record Foreign(@Nullable ListenAddress listen, List<ModuleSettings> modules) {}

  /** A Pod manifest or a Krustlet map: its address is never a server name. */
  private Foreign foreign(Document document, Node.Table table, Limits limits) {
    Scope scope = scope(document, limits);
    if (PodReader.isManifest(table)) {
      PodReader.Pod pod = new PodReader(scope, document).read(table);
      return new Foreign(pod.listen(), pod.modules());
    }
    AnnotationReader reader = new AnnotationReader(scope);
    return new Foreign(reader.listen(table), reader.modules(table));
  }

  private List<Site> fragments(ServerWide wide) {
    List<Site> sites = new ArrayList<>();
    Path confDir = sources.confDir();
    if (confDir == null) {
      return sites;
    }
    Path listed = sources.resolve(confDir);
    for (Path file : Fragments.list(listed, confDir.toString(), problems)) {
      Document document = document(confDir.resolve(listed.relativize(file)));
      Node.Table table = table(document, "a site");
      if (document == null || table == null) {
        continue;
      }
      if (isNative(document, table)) {
        sites.add(fragment(document, new Fields(Section.ROOT, table, problems), wide));
      } else {
        Foreign foreign = foreign(document, table, wide.limits());
        sites.add(site(document, ofFragment(foreign.listen(), wide), foreign.modules()));
      }
    }
    sites.sort(Comparator.comparing(Site::order).thenComparing(Site::file));
    return sites;
  }

  private Site fragment(Document document, Fields root, ServerWide wide) {
    refuse(root, SERVER_ONLY, "belongs in the --config or --settings file");
    Fields own = root.fields("limits", Section.LIMITS);
    if (own != null) {
      refuse(own, List.of("max"), "ceilings belong in the --config or --settings file");
    }
    ListenAddress listen = NativeReader.listen(root, problems);
    List<ModuleSettings> modules = modules(root, document, wide.limits().with(own, problems));
    Node generation = root.node("generation");
    return new Site(
        document.name(),
        ofFragment(listen, wide),
        text(root, "order"),
        modules,
        text(root, "source"),
        generation instanceof Node.Whole whole
            ? String.valueOf(whole.value())
            : text(root, "generation"));
  }

  private static String text(Fields root, String key) {
    String text = root.text(key);
    return text == null ? "" : text;
  }

  private List<ListenAddress> ofFragment(@Nullable ListenAddress own, ServerWide wide) {
    return own == null ? standard(wide.server()) : List.of(own);
  }

  private void checkRoutes(List<Site> sites) {
    RouteConflicts conflicts = new RouteConflicts(problems);
    sites.forEach(site -> conflicts.within(site.modules()));
    conflicts.between(sites);
  }

  private void refuse(Fields fields, List<String> keys, String why) {
    for (String key : keys) {
      if (fields.has(key)) {
        problems.error(fields.keyAt(key), key + ": " + why);
      }
    }
  }

  private void warnOfFragmentKeys(Fields root) {
    for (String key : FRAGMENT_ONLY) {
      if (root.has(key)) {
        problems.warn(root.keyAt(key), key + ": ignored; it counts in a file of --conf-dir only");
      }
    }
  }

  private List<ListenAddress> flags(List<String> texts) {
    Set<ListenAddress> addresses = new LinkedHashSet<>();
    for (String text : texts) {
      ListenAddress address = ListenAddress.parse(text);
      if (address == null) {
        problems.error(
            Position.of("--listen"), ListenAddress.EXPECTED + ", found " + Quote.of(text));
      } else {
        addresses.add(address);
      }
    }
    return List.copyOf(addresses);
  }

  private @Nullable Document document(@Nullable Path path) {
    return path == null ? null : Document.read(path, sources.workingDirectory(), problems);
  }

  private Path directory(Path path) {
    Path parent = sources.resolve(path).getParent();
    return parent == null ? sources.workingDirectory() : parent;
  }

  private Node.@Nullable Table table(@Nullable Document document, String what) {
    if (document == null) {
      return null;
    }
    if (document.root() instanceof Node.Table table) {
      return table;
    }
    problems.error(document.root().at(), "expected " + what + ", found " + document.root().found());
    return null;
  }
}
