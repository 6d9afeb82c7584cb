package wagi.engine;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A guest's environment; its entries are made when somebody looks, and most guests never do. */
public final class Environment {
  private final long mostBytes;
  private final Supplier<List<String>> source;
  private @Nullable List<String> entries;

  /**
   * Makes nothing yet.
   *
   * @param mostBytes what {@link #bytes} of the entries does not exceed
   * @param source of entries {@code NAME=value}, asked once at most
   */
  public Environment(long mostBytes, Supplier<List<String>> source) {
    this.mostBytes = mostBytes;
    this.source = source;
  }

  static Environment of(List<String> entries) {
    return new Environment(bytes(entries), () -> entries);
  }

  /** Returns entries {@code NAME=value}. Used by one thread at a time. */
  public List<String> entries() {
    List<String> made = entries;
    if (made == null) {
      made = source.get();
      entries = made;
    }
    return made;
  }

  boolean isWithin(long limit) {
    return mostBytes <= limit || bytes(entries()) <= limit;
  }

  /** Counts what a guest is told, with the terminating zeros, as if all were ASCII. */
  static long bytes(List<String> texts) {
    long total = 0;
    for (String text : texts) {
      total += text.length() + 1L;
    }
    return total;
  }
}
