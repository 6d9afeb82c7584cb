package wagi.cli;

import picocli.CommandLine.IVersionProvider;

/** Says which version this is, and what it runs on. */
final class VersionProvider implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"wagi-server " + number(), "Java " + Runtime.version()};
  }

  static String number() {
    String version = VersionProvider.class.getPackage().getImplementationVersion();
    return version == null ? "(development)" : version;
  }
}
