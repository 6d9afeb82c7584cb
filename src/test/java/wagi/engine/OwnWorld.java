package wagi.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * The product and its tests loaded once more, apart from all others: with settings that are read
 * once, or with one class changed.
 */
final class OwnWorld extends ClassLoader {
  private static final String PRODUCT = "wagi.";

  private final String changed;
  private final UnaryOperator<byte[]> change;

  static {
    registerAsParallelCapable();
  }

  private OwnWorld(String changed, UnaryOperator<byte[]> change) {
    super("own world", OwnWorld.class.getClassLoader());
    this.changed = changed;
    this.change = change;
  }

  static OwnWorld unchanged() {
    return new OwnWorld("", UnaryOperator.identity());
  }

  static OwnWorld with(Class<?> changed, UnaryOperator<byte[]> change) {
    return new OwnWorld(changed.getName(), change);
  }

  static byte[] classFile(String name) {
    String file = name.replace('.', '/') + ".class";
    try (InputStream in = OwnWorld.class.getClassLoader().getResourceAsStream(file)) {
      return Objects.requireNonNull(in, file).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith(PRODUCT)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded != null ? loaded : define(name);
    }
  }

  private Class<?> define(String name) {
    byte[] original = classFile(name);
    byte[] bytes = name.equals(changed) ? change.apply(original) : original;
    return defineClass(name, bytes, 0, bytes.length);
  }

  boolean hasLoaded(Class<?> type) {
    return findLoadedClass(type.getName()) != null;
  }

  /** Calls a static method there; what it throws is what it says. */
  @SuppressWarnings("IllegalCatch") // whatever goes wrong there is an answer
  String answer(Class<?> owner, String method, Object... arguments) {
    try {
      Class<?> there = loadClass(owner.getName());
      for (Method candidate : there.getDeclaredMethods()) {
        if (candidate.getName().equals(method)
            && candidate.getParameterCount() == arguments.length) {
          candidate.setAccessible(true);
          return String.valueOf(candidate.invoke(null, arguments));
        }
      }
      throw new AssertionError("no method " + method + " in " + owner);
    } catch (InvocationTargetException e) {
      return "threw " + e.getCause();
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(String.valueOf(e.getMessage()), e);
    }
  }
}
