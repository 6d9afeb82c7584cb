package wagi.engine;

import java.util.Locale;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;

/**
 * Makes one branch of a comparison and the branch on what it returned.
 *
 * <p>The compiler calls a method for every comparison, and each such call is one more that the JVM
 * may decide not to inline.
 */
final class Comparisons {
  private static final int NONE = -1;

  private Comparisons() {}

  static void fuse(InsnList code) {
    for (AbstractInsnNode instruction : code.toArray()) {
      if (instruction instanceof MethodInsnNode call
          && call.getNext() instanceof JumpInsnNode jump
          && (jump.getOpcode() == Opcodes.IFEQ || jump.getOpcode() == Opcodes.IFNE)) {
        fuse(code, call, jump);
      }
    }
  }

  private static void fuse(InsnList code, MethodInsnNode call, JumpInsnNode jump) {
    // The compiler's own copies of these methods have names in small letters.
    String comparison = call.name.toUpperCase(Locale.ROOT);
    int holds = branchIf(comparison);
    if (holds == NONE) {
      return;
    }
    jump.setOpcode(jump.getOpcode() == Opcodes.IFNE ? holds : opposite(holds));
    boolean isLong = comparison.startsWith("I64");
    if (comparison.endsWith("_U")) {
      call.owner = isLong ? "java/lang/Long" : "java/lang/Integer";
      call.name = "compareUnsigned";
    } else if (isLong) {
      if (comparison.endsWith("EQZ")) {
        code.insertBefore(call, new InsnNode(Opcodes.LCONST_0));
      }
      code.set(call, new InsnNode(Opcodes.LCMP));
    } else {
      code.remove(call);
    }
  }

  /** Returns the branch that is taken if the comparison holds: of two ints, or of one and zero. */
  private static int branchIf(String comparison) {
    return switch (comparison) {
      case "I32_EQ" -> Opcodes.IF_ICMPEQ;
      case "I32_NE" -> Opcodes.IF_ICMPNE;
      case "I32_LT_S" -> Opcodes.IF_ICMPLT;
      case "I32_LE_S" -> Opcodes.IF_ICMPLE;
      case "I32_GT_S" -> Opcodes.IF_ICMPGT;
      case "I32_GE_S" -> Opcodes.IF_ICMPGE;
      case "I32_EQZ", "I64_EQZ", "I64_EQ" -> Opcodes.IFEQ;
      case "I64_NE" -> Opcodes.IFNE;
      case "I32_LT_U", "I64_LT_S", "I64_LT_U" -> Opcodes.IFLT;
      case "I32_LE_U", "I64_LE_S", "I64_LE_U" -> Opcodes.IFLE;
      case "I32_GT_U", "I64_GT_S", "I64_GT_U" -> Opcodes.IFGT;
      case "I32_GE_U", "I64_GE_S", "I64_GE_U" -> Opcodes.IFGE;
      default -> NONE;
    };
  }

  /** Branches come in pairs, the first of each with an odd number. */
  private static int opposite(int branch) {
    return ((branch + 1) ^ 1) - 1;
  }
}
