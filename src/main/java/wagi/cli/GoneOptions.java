package wagi.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** WAGI's flags for what this server does not have: each says so in one line. */
final class GoneOptions {
  private static final String BINDLE =
      "Bindle is gone; put the modules' files into a module map and give it with --config";

  @Option(
      names = {"-b", "--bindle"},
      hidden = true)
  @Nullable String bindle;

  @Option(names = "--bindle-path", hidden = true)
  @Nullable String bindlePath;

  @Option(names = "--bindle-url", hidden = true)
  @Nullable String bindleUrl;

  @Option(names = "--bindle-http-user", hidden = true)
  @Nullable String bindleUser;

  @Option(names = "--bindle-http-password", hidden = true)
  @Nullable String bindlePassword;

  @Option(
      names = {"-k", "--bindle-insecure"},
      hidden = true)
  boolean bindleInsecure;

  /** Refuses what was asked for and cannot be had; serving without it would be worse. */
  void check() throws CommandFailure {
    boolean bindleGiven = bindle != null || bindlePath != null || bindleUrl != null;
    if (bindleGiven || bindleUser != null || bindlePassword != null || bindleInsecure) {
      throw CommandFailure.usage(BINDLE);
    }
  }
}
