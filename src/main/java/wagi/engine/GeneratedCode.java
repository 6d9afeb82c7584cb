package wagi.engine;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import run.endive.runtime.Instance;
import run.endive.runtime.Machine;

/** The classes of one module in a loader of their own, so that they go when the module goes. */
final class GeneratedCode implements Function<Instance, Machine> {
  private final MethodHandle constructor;

  private GeneratedCode(MethodHandle constructor) {
    this.constructor = constructor;
  }

  /**
   * Defines the classes.
   *
   * @param mainClass the one that implements {@link Machine}
   * @param classes by name, with dots or slashes
   */
  static GeneratedCode define(String mainClass, Map<String, byte[]> classes) {
    Loader loader = new Loader(classes);
    try {
      // Initialised now: what the verifier would refuse is to be found at load.
      for (String name : List.copyOf(loader.classes.keySet())) {
        Class.forName(name, true, loader);
      }
      Class<?> main = Class.forName(mainClass.replace('/', '.'), true, loader);
      MethodHandle constructor =
          MethodHandles.publicLookup()
              .findConstructor(main, MethodType.methodType(void.class, Instance.class))
              .asType(MethodType.methodType(Machine.class, Instance.class));
      return new GeneratedCode(constructor);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the compiler's classes are not as expected", e);
    }
  }

  @Override
  @SuppressWarnings("IllegalCatch") // a method handle declares that it throws anything
  public Machine apply(Instance instance) {
    try {
      return (Machine) constructor.invokeExact(instance);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("making a machine", e);
    }
  }

  private static final class Loader extends ClassLoader {
    private final Map<String, byte[]> classes = new HashMap<>();

    Loader(Map<String, byte[]> classes) {
      super("guest", GeneratedCode.class.getClassLoader());
      classes.forEach((name, bytes) -> this.classes.put(name.replace('/', '.'), bytes));
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      // removed: once defined, nobody asks again
      byte[] bytes = classes.remove(name);
      if (bytes == null) {
        throw new ClassNotFoundException(name);
      }
      return defineClass(name, bytes, 0, bytes.length);
    }
  }
}
