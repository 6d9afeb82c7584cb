package wagi.wasi;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import wagi.engine.Guest;
import wagi.engine.HostFunction;
import wagi.engine.HostModule;
import wagi.engine.Input;
import wagi.engine.Invocation;
import wagi.engine.Preopen;
import wagi.engine.Sink;
import wagi.engine.TestGuests;

/** Calls of preview 1 from Java. */
final class Calls {
  private static final HostModule MODULE = WasiPreview1.module();

  private Calls() {}

  static Guest guest(int pages, Preopen... preopens) {
    return guest(new TestGuests.RecordingSink(), pages, preopens);
  }

  static Guest guest(Sink sink, int pages, Preopen... preopens) {
    Invocation invocation =
        new Invocation("_start", List.of(), List.of(), Input.EMPTY, List.of(preopens));
    return TestGuests.guest(invocation, 16, sink, pages);
  }

  static String call(Guest guest, String name, long... arguments) {
    HostFunction function = WasiScript.function(MODULE, name);
    return MODULE.resultText(function, function.call().call(guest, arguments));
  }

  /** Puts a text into memory; returns its length. */
  static int put(Guest guest, int at, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    guest.memory().write(at, bytes, 0, bytes.length);
    return bytes.length;
  }
}
