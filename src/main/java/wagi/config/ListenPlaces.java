package wagi.config;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where files are served.
 *
 * @param flags what {@code --listen} says, over the {@code --config} file
 * @param listeners of {@code [[server.listener]]}
 */
record ListenPlaces(List<ListenAddress> flags, List<ListenerSettings> listeners) {
  /**
   * Of the file of {@code --config}.
   *
   * @param own what it says itself
   */
  List<ListenAddress> ofMain(@Nullable ListenAddress own) {
    if (!flags.isEmpty() || own == null) {
      return standard();
    }
    Set<ListenAddress> all = new LinkedHashSet<>(List.of(own));
    listeners.forEach(listener -> all.add(listener.address()));
    return List.copyOf(all);
  }

  /** Of a file of {@code --conf-dir}. */
  List<ListenAddress> ofFragment(@Nullable ListenAddress own) {
    return own == null ? standard() : List.of(own);
  }

  /** Of a file that does not say it. */
  List<ListenAddress> standard() {
    if (!flags.isEmpty()) {
      return flags;
    }
    return listeners.isEmpty()
        ? List.of(ListenAddress.STANDARD)
        : listeners.stream().map(ListenerSettings::address).toList();
  }
}
