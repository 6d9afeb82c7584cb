package wagi.server;

import java.util.StringJoiner;
import java.util.function.Consumer;
import wagi.engine.Guest;
import wagi.engine.HostCallListener;

/**
 * Words every host call. While modules are loaded, several at once, each line says whose call it is
 * and of which function.
 */
final class HostCallTrace implements HostCallListener {
  private final Consumer<String> lines;
  private volatile boolean loaded;

  HostCallTrace(Consumer<String> lines) {
    this.lines = lines;
  }

  /** What comes now belongs to the request. */
  void loaded() {
    loaded = true;
  }

  @Override
  public void called(Guest guest, String module, String function, long[] arguments, String result) {
    StringJoiner call =
        new StringJoiner(", ", whose(guest) + module + "." + function + "(", ") = " + result);
    for (long argument : arguments) {
      call.add(Long.toString(argument));
    }
    lines.accept(call.toString());
  }

  private String whose(Guest guest) {
    return loaded
        ? ""
        : "module " + guest.module() + ", " + guest.invocation().entrypoint() + " at load: ";
  }
}
