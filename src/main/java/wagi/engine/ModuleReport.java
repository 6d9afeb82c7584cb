package wagi.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What can be said of a module without running it.
 *
 * @param digest of its file, as {@code sha256:<hex>}
 * @param kind {@code command}, {@code reactor}, {@code library} or {@code component}
 * @param wasi the generations of WASI it imports from; empty if none
 * @param entrypoints exported functions that a request can run
 * @param refusal why this server does not run it and what to do, or null if it does
 * @param reuseObstacle why its instances are not used twice, or null if they are
 * @param interpreted functions too large for the JVM
 */
public record ModuleReport(
    String digest,
    String kind,
    List<String> wasi,
    List<Producer> producers,
    List<Imported> imports,
    List<Exported> exports,
    List<String> entrypoints,
    Sizes sizes,
    @Nullable String refusal,
    @Nullable String reuseObstacle,
    List<FunctionSize> interpreted) {
  /** A line of the producers section: {@code processed-by}, {@code clang}, {@code 14.0.6}. */
  public record Producer(String field, String name, String version) {}

  /**
   * What the module needs.
   *
   * @param type of a function, or what else it is
   * @param problem why it cannot be had here, or null
   */
  public record Imported(String module, String name, String type, @Nullable String problem) {}

  /**
   * What the module offers.
   *
   * @param kind {@code function}, {@code memory}, {@code table}, {@code global} or {@code tag}
   * @param type of a function, else empty
   */
  public record Exported(String kind, String name, String type) {}

  /**
   * How much there is of a memory (in pages) or a table (in entries).
   *
   * @param maximum -1 if it has none
   */
  public record Extent(long initial, long maximum, boolean wide) {}

  /**
   * How large the module is, and what it begins with.
   *
   * @param functions its own, without imports
   * @param largestFunction null if it has none
   */
  public record Sizes(
      long bytes,
      int functions,
      long codeBytes,
      @Nullable FunctionSize largestFunction,
      int dataSegments,
      long dataBytes,
      List<Extent> memories,
      List<Extent> tables) {}
}
