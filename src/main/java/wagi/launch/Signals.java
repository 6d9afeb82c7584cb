package wagi.launch;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** {@code sun.misc.Signal} by its name: javac warns of every mention, and nothing silences it. */
final class Signals {
  private Signals() {}

  /** False where this system has no such signal, or the user keeps signals from the JVM (-Xrs). */
  static boolean handle(String name, Runnable action) throws ReflectiveOperationException {
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
    try {
      signal.getMethod("handle", signal, handler).invoke(null, named(signal, name), calling);
      return true;
    } catch (InvocationTargetException e) {
      return false;
    }
  }

  /** Does to this process what receiving the signal does; false under -Xrs. */
  static boolean raise(String name) throws ReflectiveOperationException {
    Class<?> signal = Class.forName("sun.misc.Signal");
    try {
      signal.getMethod("raise", signal).invoke(null, named(signal, name));
      return true;
    } catch (InvocationTargetException e) {
      return false;
    }
  }

  private static Object named(Class<?> signal, String name) throws ReflectiveOperationException {
    return signal.getConstructor(String.class).newInstance(name);
  }
}
