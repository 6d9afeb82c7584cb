package wagi.cli;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** {@code sun.misc.Signal} by its name: javac warns of every mention, and nothing silences it. */
final class Signals {
  private Signals() {}

  /**
   * Runs the action at each such signal. A JVM that was told to leave signals alone does.
   *
   * @return false when whoever started this process has the signal ignored
   */
  static boolean handle(String name, Runnable action) {
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
      Object before = signal.getMethod("handle", signal, handler).invoke(null, named, calling);
      return !handler.getField("SIG_IGN").get(null).equals(before);
    } catch (InvocationTargetException e) {
      return true; // -Xrs, or a system without this signal
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this JVM has no signals", e);
    }
  }
}
