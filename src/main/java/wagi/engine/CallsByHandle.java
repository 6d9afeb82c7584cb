package wagi.engine;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Has functions that access memory often do so through constant method handles.
 *
 * <p>The JVM's optimizing compiler inlines calls until a method has made a certain number of nodes,
 * which some ninety accesses do; all others stay calls, ten times slower. What is called through a
 * constant handle it inlines later, after it has cleaned up, and within a larger limit.
 *
 * <p>The price is paid by the quick compiler, which gives up on a function with many handles: it
 * then runs interpreted until the other one is done. So only functions of a middle size get them.
 */
final class CallsByHandle {
  /** So many are inlined without help, beside what else a function does. */
  private static final int INLINED = 48;

  /** With so many the quick compiler still copes. */
  private static final int MOST = 256;

  private static final String GUEST_CODE = Type.getInternalName(GuestCode.class);
  private static final String HANDLES = Type.getInternalName(GuestCodeHandles.class);
  private static final String HANDLE = "java/lang/invoke/MethodHandle";

  private CallsByHandle() {}

  static void use(MethodNode function) {
    long accesses = count(function);
    if (accesses <= INLINED || accesses > MOST) {
      return;
    }
    int seen = 0;
    for (AbstractInsnNode instruction : function.instructions.toArray()) {
      if (instruction instanceof MethodInsnNode call && call.owner.equals(GUEST_CODE)) {
        if (isAccess(call)) {
          seen++;
        }
        if (seen > INLINED && (isPoll(call) || isAccess(call))) {
          callByHandle(function, call);
        }
      }
    }
    function.maxStack += 3;
  }

  private static int count(MethodNode function) {
    int count = 0;
    for (AbstractInsnNode instruction : function.instructions) {
      if (instruction instanceof MethodInsnNode call && isAccess(call)) {
        count++;
      }
    }
    return count;
  }

  /** An access is preceded by its constant offset and the variable that holds the memory. */
  private static boolean isAccess(MethodInsnNode call) {
    return call.owner.equals(GUEST_CODE)
        && (call.name.startsWith("memoryRead") || call.name.startsWith("memoryWrite"))
        && call.getPrevious() instanceof VarInsnNode
        && isConstant(call.getPrevious().getPrevious());
  }

  private static boolean isPoll(MethodInsnNode call) {
    return call.name.equals(Polls.NAME) && call.getPrevious() instanceof VarInsnNode;
  }

  private static boolean isConstant(AbstractInsnNode instruction) {
    int opcode = instruction.getOpcode();
    return opcode >= Opcodes.ICONST_M1 && opcode <= Opcodes.LDC;
  }

  private static void callByHandle(MethodNode function, MethodInsnNode call) {
    boolean isPoll = isPoll(call);
    AbstractInsnNode memory = call.getPrevious();
    AbstractInsnNode before = isPoll ? memory : memory.getPrevious();
    FieldInsnNode handle =
        new FieldInsnNode(Opcodes.GETSTATIC, HANDLES, call.name, "L" + HANDLE + ";");
    function.instructions.insertBefore(before, handle);
    if (!isPoll) {
      moveBelowOperands(function, call, handle, before);
    }
    function.instructions.set(
        call, new MethodInsnNode(Opcodes.INVOKEVIRTUAL, HANDLE, "invokeExact", call.desc, false));
  }

  /** The stack has an address, or an address and a value; the handle belongs below them. */
  private static void moveBelowOperands(
      MethodNode function, MethodInsnNode call, AbstractInsnNode handle, AbstractInsnNode end) {
    Type[] parameters = Type.getArgumentTypes(call.desc);
    if (call.name.startsWith("memoryRead")) {
      insert(function, end, Opcodes.SWAP);
    } else if (parameters[1].getSize() == 1) {
      insert(function, end, Opcodes.DUP_X2, Opcodes.POP);
    } else {
      insert(function, handle, Opcodes.DUP2_X1, Opcodes.POP2);
      insert(function, end, Opcodes.SWAP, Opcodes.DUP2_X2, Opcodes.POP2);
    }
  }

  private static void insert(MethodNode function, AbstractInsnNode before, int... opcodes) {
    for (int opcode : opcodes) {
      function.instructions.insertBefore(before, new InsnNode(opcode));
    }
  }
}
