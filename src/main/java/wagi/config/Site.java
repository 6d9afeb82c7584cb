package wagi.config;

import java.util.List;

/**
 * The modules of one file and where they are served; several sites may share an address.
 *
 * @param file as the user named it
 * @param order decides between equal matches of several files, before the file's name
 * @param modules in the order of the file: the first match wins
 * @param source what made the file, for status reports; often empty
 * @param generation which state of that source; often empty
 * @param fragment whether it is a file of {@code --conf-dir}, which is kept alone
 */
public record Site(
    String file,
    List<ListenAddress> addresses,
    String order,
    List<ModuleSettings> modules,
    String source,
    String generation,
    boolean fragment) {
  public Site {
    addresses = List.copyOf(addresses);
    modules = List.copyOf(modules);
  }

  /** Whether the two share a socket. */
  boolean overlaps(Site other) {
    return addresses.stream()
        .anyMatch(one -> other.addresses.stream().anyMatch(theirs -> one.overlaps(theirs)));
  }
}
