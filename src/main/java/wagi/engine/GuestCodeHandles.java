package wagi.engine;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * Constant handles of the methods of {@link GuestCode}, by their names.
 *
 * <p>Public because generated classes of another loader use them; nobody else does.
 */
@SuppressWarnings(
    "ConstantField") // named as what they call, which is how generated code finds them
public final class GuestCodeHandles {
  public static final MethodHandle memoryReadByte = reads("memoryReadByte", byte.class);
  public static final MethodHandle memoryReadShort = reads("memoryReadShort", short.class);
  public static final MethodHandle memoryReadInt = reads("memoryReadInt", int.class);
  public static final MethodHandle memoryReadLong = reads("memoryReadLong", long.class);
  public static final MethodHandle memoryReadFloat = reads("memoryReadFloat", float.class);
  public static final MethodHandle memoryReadDouble = reads("memoryReadDouble", double.class);
  public static final MethodHandle memoryWriteByte = writes("memoryWriteByte", byte.class);
  public static final MethodHandle memoryWriteShort = writes("memoryWriteShort", short.class);
  public static final MethodHandle memoryWriteInt = writes("memoryWriteInt", int.class);
  public static final MethodHandle memoryWriteLong = writes("memoryWriteLong", long.class);
  public static final MethodHandle memoryWriteFloat = writes("memoryWriteFloat", float.class);
  public static final MethodHandle memoryWriteDouble = writes("memoryWriteDouble", double.class);
  public static final MethodHandle checkInterruption =
      find("checkInterruption", MethodType.methodType(void.class, GuestMemory.class));

  private GuestCodeHandles() {}

  private static MethodHandle reads(String name, Class<?> type) {
    return find(name, MethodType.methodType(type, int.class, int.class, GuestMemory.class));
  }

  private static MethodHandle writes(String name, Class<?> type) {
    return find(
        name, MethodType.methodType(void.class, int.class, type, int.class, GuestMemory.class));
  }

  private static MethodHandle find(String name, MethodType type) {
    try {
      return MethodHandles.lookup().findStatic(GuestCode.class, name, type);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }
}
