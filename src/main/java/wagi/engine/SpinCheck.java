package wagi.engine;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells applications for Spin and wasi:http, which many WAGI modules became, from other modules.
 */
final class SpinCheck {
  /** What such a component names, so far as it is read here. */
  private static final List<String> HANDLERS =
      List.of("wasi:http/incoming-handler", "fermyon:spin/inbound-http");

  /** What applications for older Spins export. */
  private static final Set<String> EXPORTS =
      Set.of(
          "handle-http-request",
          "handle_http_request",
          "spin_inbound_http_handle_request",
          "handle-redis-message");

  private SpinCheck() {}

  /** Returns the reason and the remedy for a component. */
  static String component(byte[] wasm) {
    for (String handler : HANDLERS) {
      if (contains(wasm, handler.getBytes(StandardCharsets.US_ASCII))) {
        return "a WebAssembly component that handles HTTP through "
            + handler
            + ", as Spin runs them: this server runs core modules that print their answer;"
            + " build a command for wasm32-wasip1";
      }
    }
    return "a WebAssembly component: this server runs core modules; build for wasm32-wasip1";
  }

  /** Returns why these exports are not a WAGI module's, or null. */
  static @Nullable String module(List<String> exports) {
    if (exports.contains("_start")) {
      return null;
    }
    for (String export : exports) {
      if (EXPORTS.contains(export)) {
        return "a Spin application (it exports "
            + export
            + "): here a module prints its answer, as with Spin's wagi executor; build a command"
            + " for wasm32-wasip1";
      }
    }
    return null;
  }

  private static boolean contains(byte[] bytes, byte[] wanted) {
    for (int at = 0; at <= bytes.length - wanted.length; at++) {
      int length = 0;
      while (length < wanted.length && bytes[at + length] == wanted[length]) {
        length++;
      }
      if (length == wanted.length) {
        return true;
      }
    }
    return false;
  }
}
