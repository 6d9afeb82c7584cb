package wagi.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * One small change to a class's code.
 *
 * @param name which, in words that stay the same from build to build
 */
record Mutation(String name, Class<?> owner, UnaryOperator<byte[]> change) {

  /** An instruction and what to put in its place. */
  private record Site(String what, AbstractInsnNode instruction, InsnList instead) {}

  private interface Sites {
    List<Site> in(MethodNode method);
  }

  /** Each leaves out one thing that these methods do: a write to a field or array, a call. */
  static List<Mutation> leavingOutSteps(Class<?> owner, Set<String> methods) {
    return mutations(owner, methods, "leaves out ", Mutation::steps);
  }

  /** Each has one of these methods' numbers 8 smaller by two. */
  static List<Mutation> smallerEights(Class<?> owner, Set<String> methods) {
    return mutations(owner, methods, "has 6 for ", Mutation::eights);
  }

  /** Each lets one of these methods reach to the limit, whatever the size of what it accesses. */
  static List<Mutation> reachingTheLimit(Class<?> owner, Set<String> methods) {
    return mutations(owner, methods, "takes nothing off ", Mutation::limits);
  }

  /** Each answers null or no where these methods answer anything. */
  static List<Mutation> answeringNothing(Class<?> owner, Set<String> methods) {
    return mutations(owner, methods, "answers nothing at ", Mutation::answers);
  }

  private static List<Mutation> mutations(
      Class<?> owner, Set<String> methods, String verb, Sites sites) {
    List<Mutation> mutations = new ArrayList<>();
    ClassNode original = read(OwnWorld.classFile(owner.getName()));
    for (int m = 0; m < original.methods.size(); m++) {
      MethodNode method = original.methods.get(m);
      if (!methods.contains(method.name)) {
        continue;
      }
      List<Site> found = sites.in(method);
      for (int s = 0; s < found.size(); s++) {
        String name =
            owner.getSimpleName() + "." + method.name + " " + verb + found.get(s).what() + " #" + s;
        mutations.add(new Mutation(name, owner, changing(sites, m, s)));
      }
    }
    return mutations;
  }

  private static UnaryOperator<byte[]> changing(Sites sites, int method, int site) {
    return bytes -> {
      ClassNode node = read(bytes);
      MethodNode code = node.methods.get(method);
      Site changed = sites.in(code).get(site);
      code.instructions.insert(changed.instruction(), changed.instead());
      code.instructions.remove(changed.instruction());
      ClassWriter writer = new ClassWriter(0);
      node.accept(writer);
      return writer.toByteArray();
    };
  }

  private static ClassNode read(byte[] bytes) {
    ClassNode node = new ClassNode();
    new ClassReader(bytes).accept(node, 0);
    return node;
  }

  private static List<Site> steps(MethodNode method) {
    List<Site> sites = new ArrayList<>();
    for (AbstractInsnNode instruction : method.instructions) {
      if (instruction instanceof FieldInsnNode field && field.getOpcode() == Opcodes.PUTFIELD) {
        InsnList instead = popping(Type.getType(field.desc));
        instead.add(new InsnNode(Opcodes.POP));
        sites.add(new Site("setting " + field.name, field, instead));
      } else if (instruction.getOpcode() == Opcodes.BASTORE
          || instruction.getOpcode() == Opcodes.AASTORE) {
        InsnList instead = popping(Type.INT_TYPE);
        instead.add(new InsnNode(Opcodes.POP2));
        sites.add(new Site("setting an element", instruction, instead));
      } else if (instruction instanceof MethodInsnNode call
          && Type.getReturnType(call.desc).equals(Type.VOID_TYPE)
          && !call.name.equals("<init>")) {
        sites.add(new Site(call.name, call, withoutCall(call)));
      }
    }
    return sites;
  }

  private static InsnList withoutCall(MethodInsnNode call) {
    InsnList instead = new InsnList();
    Type[] arguments = Type.getArgumentTypes(call.desc);
    for (int i = arguments.length - 1; i >= 0; i--) {
      instead.add(popping(arguments[i]));
    }
    if (call.getOpcode() != Opcodes.INVOKESTATIC) {
      instead.add(new InsnNode(Opcodes.POP));
    }
    return instead;
  }

  private static InsnList popping(Type type) {
    InsnList list = new InsnList();
    list.add(new InsnNode(type.getSize() == 2 ? Opcodes.POP2 : Opcodes.POP));
    return list;
  }

  private static List<Site> eights(MethodNode method) {
    List<Site> sites = new ArrayList<>();
    for (AbstractInsnNode instruction : method.instructions) {
      InsnList instead = new InsnList();
      if (instruction instanceof LdcInsnNode constant && constant.cst.equals(8L)) {
        instead.add(new LdcInsnNode(6L));
        sites.add(new Site("a long 8", instruction, instead));
      } else if (instruction instanceof IntInsnNode constant && constant.operand == 8) {
        instead.add(new IntInsnNode(Opcodes.BIPUSH, 6));
        sites.add(new Site("an int 8", instruction, instead));
      }
    }
    return sites;
  }

  private static List<Site> limits(MethodNode method) {
    List<Site> sites = new ArrayList<>();
    for (AbstractInsnNode instruction : method.instructions) {
      if (instruction instanceof FieldInsnNode field && field.name.equals("limit")) {
        InsnList instead = new InsnList();
        instead.add(new InsnNode(Opcodes.ICONST_0));
        sites.add(new Site("the limit", field.getNext(), instead));
      }
    }
    return sites;
  }

  private static List<Site> answers(MethodNode method) {
    List<Site> sites = new ArrayList<>();
    for (AbstractInsnNode instruction : method.instructions) {
      int opcode = instruction.getOpcode();
      if (opcode == Opcodes.IRETURN || opcode == Opcodes.ARETURN) {
        InsnList instead = new InsnList();
        instead.add(new InsnNode(Opcodes.POP));
        instead.add(
            new InsnNode(opcode == Opcodes.IRETURN ? Opcodes.ICONST_0 : Opcodes.ACONST_NULL));
        instead.add(new InsnNode(opcode));
        sites.add(new Site("its return", instruction, instead));
      }
    }
    return sites;
  }
}
