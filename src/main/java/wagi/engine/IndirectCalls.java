package wagi.engine;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Shortens the compiler's methods for calls through a table by what is known here: no table is
 * imported, so each belongs to the instance that calls, and so does every function in it.
 */
final class IndirectCalls {
  private static final String INSTANCE = "run/endive/runtime/Instance";
  private static final String TABLE = "run/endive/runtime/TableInstance";
  private static final String GET_TABLE = "(L" + INSTANCE + ";I)L" + TABLE + ";";

  private IndirectCalls() {}

  static void shorten(MethodNode method) {
    if (!method.name.startsWith("call_indirect_")) {
      return;
    }
    for (AbstractInsnNode instruction : method.instructions.toArray()) {
      if (instruction instanceof MethodInsnNode call) {
        if (call.owner.equals(INSTANCE) && call.name.equals("table")) {
          String ours = Type.getInternalName(GuestCode.class);
          method.instructions.set(
              call, new MethodInsnNode(Opcodes.INVOKESTATIC, ours, "table", GET_TABLE, false));
        } else if (call.owner.equals(TABLE) && call.name.equals("instance")) {
          // No instance means that of the caller.
          method.instructions.insertBefore(call, new InsnNode(Opcodes.POP2));
          method.instructions.set(call, new InsnNode(Opcodes.ACONST_NULL));
        }
      }
    }
  }
}
