package wagi.cli;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** {@code sun.misc.Signal} by its name: javac warns of every mention, and nothing silences it. */
final class Signals {
  private Signals() {}

  /** Runs the action at each such signal. A JVM that was told to leave signals alone does. */
  static void handle(String name, Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object calling =
          Proxy.newProxyInstance(
              Signals.class.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, arguments) -> {
                action.run();
                return null;
              });
      Object named = signal.getConstructor(String.class).newInstance(name);
      signal.getMethod("handle", signal, handler).invoke(null, named, calling);
    } catch (InvocationTargetException e) {
      return; // -Xrs, or a system without this signal
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this JVM has no signals", e);
    }
  }
}
