package wagi.engine;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.ByteBuffer;
import java.security.ProtectionDomain;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import run.endive.runtime.Instance;
import run.endive.runtime.Machine;

/** The classes of one module in a loader of their own, so that they go when the module goes. */
final class GeneratedCode implements Function<Instance, Machine> {
  private final Loader loader;
  private final MethodHandle constructor;

  private GeneratedCode(Loader loader, MethodHandle constructor) {
    this.loader = loader;
    this.constructor = constructor;
  }

  /**
   * Finds the class that makes machines; the others are defined when they are first used.
   *
   * @param mainClass the one that implements {@link Machine}
   * @param classes by name, with dots or slashes
   */
  static GeneratedCode of(String mainClass, Map<String, ByteBuffer> classes) {
    Loader loader = new Loader(classes);
    try {
      Class<?> main = Class.forName(mainClass.replace('/', '.'), true, loader);
      MethodHandle constructor =
          MethodHandles.publicLookup()
              .findConstructor(main, MethodType.methodType(void.class, Instance.class))
              .asType(MethodType.methodType(Machine.class, Instance.class));
      return new GeneratedCode(loader, constructor);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the compiler's classes are not as expected", e);
    }
  }

  /** Returns the classes that nobody has needed yet. */
  List<String> undefined() {
    return List.copyOf(loader.classes.keySet());
  }

  /** Defines a class if that has not happened; the JVM verifies it now. */
  void define(String name) {
    try {
      Class.forName(name, true, loader);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("the compiler's classes are not as expected", e);
    }
  }

  /** Defines all classes: what the verifier would refuse is found now. */
  void defineAll() {
    undefined().forEach(this::define);
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
    /** By name with dots; a class leaves when it is defined, since nobody asks for it again. */
    private final Map<String, ByteBuffer> classes = new ConcurrentHashMap<>();

    Loader(Map<String, ByteBuffer> classes) {
      super("guest", GeneratedCode.class.getClassLoader());
      classes.forEach((name, bytes) -> this.classes.put(name.replace('/', '.'), bytes));
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      ByteBuffer classFile = classes.remove(name);
      if (classFile == null) {
        throw new ClassNotFoundException(name);
      }
      return defineClass(name, classFile.duplicate(), (ProtectionDomain) null);
    }
  }
}
