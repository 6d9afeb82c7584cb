package wagi.server;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import wagi.config.ConfigException;
import wagi.config.ConfigReader;
import wagi.config.ConfigSources;
import wagi.config.Configuration;
import wagi.config.Inputs;

/** A server in this JVM whose files a test changes. */
final class LiveServer implements AutoCloseable, ConfigurationSource {
  private final Path folder;
  private final ConfigSources sources;
  private final Inputs inputs = new Inputs();
  private final List<String> heard = new ArrayList<>();
  private final WagiServer server;
  private final List<InetSocketAddress> addresses;

  private LiveServer(Path folder, ConfigSources sources) throws ConfigException, IOException {
    this.folder = folder;
    this.sources = sources;
    Configuration configuration = read(inputs);
    server =
        WagiServer.load(
            configuration,
            new ServerOptions(false, (m, d, n) -> {}, OutputStream.nullOutputStream(), null, null));
    server.addListener(new Heard());
    addresses = server.listen();
  }

  /** Serves {@code modules.toml} of the folder. */
  static LiveServer of(Path folder) throws ConfigException, IOException {
    return of(folder, ConfigSources.in(folder).withConfig(Path.of("modules.toml")));
  }

  /** Serves {@code conf.d} of the folder. */
  static LiveServer ofConfDir(Path folder) throws ConfigException, IOException {
    return of(folder, ConfigSources.in(folder).withConfDir(Path.of("conf.d")));
  }

  static LiveServer of(Path folder, ConfigSources sources) throws ConfigException, IOException {
    return new LiveServer(folder, sources.withListen("127.0.0.1:0"));
  }

  /** Serves on the addresses that the files say. */
  static LiveServer asWritten(Path folder, ConfigSources sources)
      throws ConfigException, IOException {
    return new LiveServer(folder, sources);
  }

  /** Writes a file into the folder at once, as a careful deployment does. */
  static void write(Path file, String text) throws IOException {
    Path beside = file.resolveSibling("." + file.getFileName() + ".new");
    Files.writeString(beside, text);
    Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  /** A map whose module and its environment are of this version. */
  static void version(Path folder, int version) throws IOException {
    write(folder.resolve("v" + version + ".wat"), VersionedGuest.text(version));
    write(
        folder.resolve("modules.toml"),
        """
        [[module]]
        name = "versioned"
        route = "/version/..."
        module = "v%1$d.wat"
        environment = { VERSION = "%1$d" }
        """
            .formatted(version));
  }

  Reload reload() {
    return server.reload(this, new Inputs(), true);
  }

  Reload reloadFragments() {
    return server.reload(this, new Inputs(), false);
  }

  Reloader reloader(Reloader.Watching watching) {
    return new Reloader(server, this, inputs, watching);
  }

  @Override
  public Configuration read(Inputs looked) throws ConfigException {
    return ConfigReader.read(sources, looked).withoutAccessLog();
  }

  @Override
  public Configuration fragments(Configuration as, Inputs looked) throws ConfigException {
    return ConfigReader.fragments(sources, as, looked);
  }

  WagiServer server() {
    return server;
  }

  Path folder() {
    return folder;
  }

  List<InetSocketAddress> addresses() {
    return addresses;
  }

  InetSocketAddress address() {
    return addresses.getFirst();
  }

  String body(String target) throws IOException {
    return RawHttp.get(address(), target).body();
  }

  int status(String target) throws IOException {
    return RawHttp.get(address(), target).status();
  }

  List<String> heard() {
    synchronized (heard) {
      return List.copyOf(heard);
    }
  }

  @Override
  public void close() {
    server.close();
  }

  private final class Heard implements LifecycleListener {
    private void hear(String what) {
      synchronized (heard) {
        heard.add(what);
      }
    }

    @Override
    public void ready(String status) {
      hear("ready: " + status);
    }

    @Override
    public void reloading() {
      hear("reloading");
    }

    @Override
    public void reloaded(String status, boolean changed) {
      hear("reloaded: " + status + (changed ? "" : ", unchanged"));
    }

    @Override
    public void stopping() {
      hear("stopping");
    }
  }
}
