package wagi.engine;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

/** Gives each poll the memory, which counts polls; functions get it as their last but one. */
final class Polls {
  static final String NAME = "checkInterruption";
  private static final String WITHOUT_MEMORY = "()V";
  private static final Type MEMORY = Type.getType(GuestMemory.class);
  private static final String WITH_MEMORY = Type.getMethodDescriptor(Type.VOID_TYPE, MEMORY);

  private Polls() {}

  static void count(MethodNode method) {
    Type[] parameters = Type.getArgumentTypes(method.desc);
    int memory = parameters.length - 2;
    if (memory < 0 || !parameters[memory].equals(MEMORY)) {
      return;
    }
    int variable = 0;
    for (int i = 0; i < memory; i++) {
      variable += parameters[i].getSize();
    }
    for (AbstractInsnNode instruction : method.instructions.toArray()) {
      if (instruction instanceof MethodInsnNode call
          && call.name.equals(NAME)
          && call.desc.equals(WITHOUT_MEMORY)) {
        method.instructions.insertBefore(call, new VarInsnNode(Opcodes.ALOAD, variable));
        call.desc = WITH_MEMORY;
      }
    }
    method.maxStack++;
  }
}
