package wagi.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import wagi.config.CacheDirectory;
import wagi.config.ConfigException;
import wagi.config.ConfigReader;
import wagi.config.ConfigSources;
import wagi.config.Configuration;
import wagi.config.EnvironmentFile;
import wagi.config.EnvironmentFlag;
import wagi.config.Inputs;
import wagi.config.Position;
import wagi.config.TlsSettings;
import wagi.server.ConfigurationSource;

/** The flags that say what to serve; WAGI's among them. */
final class ConfigOptions implements ConfigurationSource {
  private static final Path USUAL_FILE = Path.of("modules.toml");

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = {
        "Module map (TOML or JSON), Krustlet annotation (JSON) or Pod manifest (YAML or JSON).",
        "Default: modules.toml in the working directory, else a built-in demo."
      })
  @Nullable Path config;

  @Option(
      names = "--conf-dir",
      paramLabel = "DIR",
      description = "Directory of further files, each a module map or an annotation.")
  @Nullable Path confDir;

  @Option(
      names = "--settings",
      paramLabel = "FILE",
      description = "The tables of a module map without its modules.")
  @Nullable Path settings;

  @Option(
      names = "--modules-dir",
      paramLabel = "DIR",
      description = "Where modules that are named, as in a Pod manifest, are found as files.")
  @Nullable Path modulesDir;

  @Option(
      names = {"-l", "--listen"},
      paramLabel = "ADDRESS",
      description = {
        "Where to listen: 127.0.0.1:3000, [::1]:3000, :3000 or 3000.",
        "May be repeated."
      })
  List<String> listen = List.of();

  @Option(
      names = {"--hostname", "--default-host"},
      paramLabel = "HOST[:PORT]",
      description = "SERVER_NAME and SERVER_PORT for requests without a Host header.")
  @Nullable String hostname;

  @Option(
      names = {"-e", "--env"},
      paramLabel = "NAME=VALUE",
      arity = "1..*",
      description = "Variables for every module; win over the modules' own.")
  List<String> env = List.of();

  @Option(
      names = "--env-file",
      paramLabel = "FILE",
      arity = "1..*",
      description = "Files of variables for every module; --env wins over them.")
  List<Path> envFiles = List.of();

  @Option(
      names = "--log-dir",
      paramLabel = "DIR",
      defaultValue = "${env:WAGI_LOG_DIR}",
      description = "A file per module for what guests write to stderr. Also WAGI_LOG_DIR.")
  @Nullable Path logDir;

  @Option(
      names = "--module-cache",
      paramLabel = "DIR",
      description = {
        "Where compiled modules are kept, so that the next start compiles none; a directory that",
        "only this user can write to. Default: CACHE_DIRECTORY, else wagi-server in",
        "XDG_CACHE_HOME, else in ~/.cache."
      })
  @Nullable Path moduleCache;

  @Option(names = "--cache", hidden = true)
  @Nullable Path cache;

  @Option(
      names = "--tls-cert",
      paramLabel = "FILE",
      defaultValue = "${env:WAGI_TLS_CERT}",
      description = "Speak TLS with this PEM certificate and its chain. Also WAGI_TLS_CERT.")
  @Nullable Path tlsCert;

  @Option(
      names = "--tls-key",
      paramLabel = "FILE",
      defaultValue = "${env:WAGI_TLS_KEY}",
      description = "The certificate's private key, PEM. Also WAGI_TLS_KEY.")
  @Nullable Path tlsKey;

  @Option(names = "--strict", description = "Unknown keys are errors.")
  boolean strict;

  @Mixin GoneOptions gone = new GoneOptions();

  private boolean demo;

  /** Returns where compiled code is kept, or null, which is said, if there is no place for it. */
  @Nullable Path codeCache(Console console) {
    Path home = Path.of(System.getProperty("user.home"));
    Path root = moduleCache == null ? CacheDirectory.of(System.getenv(), home) : moduleCache;
    if (root == null) {
      console.say(
          "no home directory, so compiled modules are not kept; --module-cache names a place");
      return null;
    }
    return root.toAbsolutePath().resolve("code");
  }

  /** Whether nothing says what to serve, so that the demo does. */
  boolean demo() {
    return demo || (config == null && confDir == null && !Files.isRegularFile(USUAL_FILE));
  }

  Configuration read() throws CommandFailure {
    check();
    try {
      return read(new Inputs());
    } catch (ConfigException e) {
      throw CommandFailure.of(e);
    }
  }

  /** Refuses flags that cannot be followed. */
  void check() throws CommandFailure {
    gone.check();
    if ((tlsCert == null) != (tlsKey == null)) {
      throw CommandFailure.usage(
          "TLS needs both --tls-cert (or WAGI_TLS_CERT) and --tls-key (or WAGI_TLS_KEY), found"
              + " only the "
              + (tlsCert == null ? "key" : "certificate"));
    }
  }

  @Override
  public Configuration read(Inputs inputs) throws ConfigException {
    envFiles.forEach(file -> inputs.server().add(file.toAbsolutePath()));
    return withFlags(ConfigReader.read(sources(), inputs));
  }

  @Override
  public Configuration fragments(Configuration as, Inputs inputs) throws ConfigException {
    return ConfigReader.fragments(sources(), as, inputs);
  }

  private Configuration withCertificate(Configuration read) {
    if (tlsCert == null || tlsKey == null) {
      return read;
    }
    return read.withCertificate(
        new TlsSettings.Certificate(
            new TlsSettings.Named(tlsCert, Position.of("--tls-cert")),
            new TlsSettings.Named(tlsKey, Position.of("--tls-key"))));
  }

  private Configuration withFlags(Configuration read) {
    Configuration secured = withCertificate(read);
    Configuration named = hostname == null ? secured : secured.withServerName(hostname);
    return logDir == null ? named : named.withGuestLogs(logDir);
  }

  private ConfigSources sources() throws ConfigException {
    ConfigSources sources =
        ConfigSources.in(Path.of("").toAbsolutePath())
            .withEnvironment(environment())
            .withStrict(strict);
    if (config == null && demo()) {
      config = Demo.unpack();
      demo = true;
    }
    Path file = config;
    if (file == null && confDir == null) {
      file = USUAL_FILE;
    }
    sources = file == null ? sources : sources.withConfig(file);
    sources = confDir == null ? sources : sources.withConfDir(confDir);
    sources = settings == null ? sources : sources.withSettings(settings);
    sources = modulesDir == null ? sources : sources.withModulesDir(modulesDir);
    return sources.withListen(listen.toArray(String[]::new));
  }

  private Map<String, String> environment() throws ConfigException {
    Map<String, String> variables = new LinkedHashMap<>();
    for (Path file : envFiles) {
      variables.putAll(EnvironmentFile.read(file));
    }
    for (String word : env) {
      EnvironmentFlag flag = EnvironmentFlag.parse(word);
      variables.put(flag.name(), flag.value());
    }
    return variables;
  }
}
