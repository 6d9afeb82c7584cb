package wagi.engine;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.MethodRemapper;
import org.objectweb.asm.commons.Remapper;
import org.objectweb.asm.commons.SimpleRemapper;
import org.objectweb.asm.tree.MethodNode;

/**
 * Rewrites generated classes so that they know our memory by its class, call {@link GuestCode}
 * where that has the method instead of the compiler's helper, and are shaped so that the JVM
 * inlines what it can.
 */
final class CodeFinishing {
  private static final String MEMORY = "run/endive/runtime/Memory";
  private static final String GUEST_MEMORY = Type.getInternalName(GuestMemory.class);
  private static final String GUEST_CODE = Type.getInternalName(GuestCode.class);
  private static final String INSTANCE = "run/endive/runtime/Instance";
  private static final Remapper TO_GUEST_MEMORY =
      new SimpleRemapper(Opcodes.ASM9, MEMORY, GUEST_MEMORY);

  /** Name and descriptor of each method we have ourselves. */
  private static final Set<String> OURS =
      Arrays.stream(GuestCode.class.getDeclaredMethods())
          .filter(method -> Modifier.isPublic(method.getModifiers()))
          .map(CodeFinishing::signature)
          .collect(Collectors.toUnmodifiableSet());

  private final String generatedPrefix;

  /**
   * Prepares for the classes of one module.
   *
   * @param mainClass internal name; the others' names begin with it
   */
  CodeFinishing(String mainClass) {
    generatedPrefix = mainClass;
  }

  byte[] finish(byte[] generated) {
    ClassReader reader = new ClassReader(generated);
    ClassWriter writer = new ClassWriter(0);
    reader.accept(
        new ClassRemapper(Opcodes.ASM9, new Shaping(writer), TO_GUEST_MEMORY) {
          @Override
          protected MethodVisitor createMethodRemapper(MethodVisitor next) {
            return new Calls(next, generatedPrefix);
          }
        },
        0);
    return writer.toByteArray();
  }

  private static String signature(Method method) {
    return method.getName() + Type.getMethodDescriptor(method);
  }

  /** Holds each method until it is complete, and passes it on in another shape. */
  private static final class Shaping extends ClassVisitor {
    Shaping(ClassVisitor next) {
      super(Opcodes.ASM9, next);
    }

    @Override
    public MethodVisitor visitMethod(
        int access,
        String name,
        String descriptor,
        @Nullable String signature,
        String @Nullable [] exceptions) {
      MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
      return new MethodNode(Opcodes.ASM9, access, name, descriptor, signature, exceptions) {
        @Override
        public void visitEnd() {
          Comparisons.fuse(instructions);
          IndirectCalls.shorten(this);
          Polls.count(this);
          CallsByHandle.use(this);
          accept(next);
        }
      };
    }
  }

  /** Redirects calls; the inherited part takes care of types in frames, casts and constants. */
  private static final class Calls extends MethodRemapper {
    private final String generatedPrefix;

    Calls(MethodVisitor next, String generatedPrefix) {
      super(Opcodes.ASM9, next, TO_GUEST_MEMORY);
      this.generatedPrefix = generatedPrefix;
    }

    @Override
    public void visitMethodInsn(
        int opcode, String owner, String name, String descriptor, boolean isInterface) {
      if (owner.startsWith(generatedPrefix)) {
        String ours = TO_GUEST_MEMORY.mapMethodDesc(descriptor);
        String target = OURS.contains(name + ours) ? GUEST_CODE : owner;
        mv.visitMethodInsn(opcode, target, name, ours, isInterface);
      } else if (owner.equals(MEMORY) && opcode == Opcodes.INVOKEINTERFACE) {
        mv.visitMethodInsn(Opcodes.INVOKEVIRTUAL, GUEST_MEMORY, name, descriptor, false);
      } else {
        mv.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
        if (owner.equals(INSTANCE) && name.equals("memory")) {
          mv.visitTypeInsn(Opcodes.CHECKCAST, GUEST_MEMORY);
        }
      }
    }
  }
}
