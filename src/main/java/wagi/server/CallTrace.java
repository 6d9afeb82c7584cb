package wagi.server;

import java.util.StringJoiner;
import java.util.function.Consumer;
import wagi.engine.HostCallListener;

/** Writes each call of a guest to its host as a line. */
record CallTrace(Consumer<String> lines) implements HostCallListener {
  @Override
  public void called(String module, String function, long[] arguments, String result) {
    StringJoiner call = new StringJoiner(", ", module + "." + function + "(", ") = " + result);
    for (long argument : arguments) {
      call.add(Long.toString(argument));
    }
    lines.accept(call.toString());
  }
}
