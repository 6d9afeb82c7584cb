package wagi.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import run.endive.compiler.internal.ByteClassCollector;
import run.endive.compiler.internal.Compiler;
import run.endive.compiler.internal.CompilerResult;
import run.endive.wasm.Parser;

/** What shape the code has; that it does the same is for {@link CorpusTest} to say. */
final class CodeFinishingTest {
  private static final String HANDLE = "java/lang/invoke/MethodHandle";

  @Test
  void comparisonsBeforeABranchAreNoCalls() {
    List<MethodInsnNode> calls =
        calls("comparisons", call -> call.name.matches("[iI](32|64)_(EQ|NE|LT|LE|GT|GE|ge).*"));
    // One of three uses of each is no condition.
    assertEquals(2 * 11, calls.size(), () -> names(calls));
  }

  @Test
  void accessesBeyondWhatIsInlinedAnywayGoThroughHandles() {
    assertEquals(120 - 48, byHandle("crowded"));
  }

  @Test
  void functionsWithFewAccessesKeepTheirCalls() {
    assertEquals(0, byHandle("grow"));
  }

  @Test
  void everyAccessAndPollIsOurs() {
    List<MethodInsnNode> compilers =
        calls(
            "crowded",
            call ->
                call.owner.contains("Shaded")
                    && (call.name.startsWith("memoryRead")
                        || call.name.startsWith("memoryWrite")
                        || call.name.equals("checkInterruption")
                        || call.name.endsWith("Global")));
    assertTrue(compilers.isEmpty(), () -> names(compilers));
  }

  @Test
  void callsThroughATableLookUpNoInstance() {
    List<MethodInsnNode> lookups =
        calls("canary-tables", call -> call.owner.endsWith("TableInstance"));
    assertTrue(
        lookups.stream().noneMatch(call -> call.name.equals("instance")), () -> names(lookups));
    assertTrue(
        lookups.stream().anyMatch(call -> call.name.equals("requiredRef")), () -> names(lookups));
  }

  private static long byHandle(String guest) {
    return calls(guest, call -> call.owner.equals(HANDLE) && call.desc.startsWith("(I")).size();
  }

  private static String names(List<MethodInsnNode> calls) {
    return calls.stream().map(call -> call.owner + "." + call.name).toList().toString();
  }

  /** Returns the calls in a guest's functions and its calls through tables. */
  private static List<MethodInsnNode> calls(String guest, Predicate<MethodInsnNode> which) {
    CompilerResult result =
        Compiler.builder(Parser.parse(Guests.bytes(guest)))
            .withClassCollectorFactory(ByteClassCollector::new)
            .build()
            .compile();
    CodeFinishing finishing =
        new CodeFinishing(result.collector().mainClassName().replace('.', '/'));
    List<MethodInsnNode> calls = new ArrayList<>();
    for (Map.Entry<String, byte[]> entry : result.classBytes().entrySet()) {
      if (!entry.getKey().endsWith("Shaded")) {
        ClassNode node = new ClassNode();
        new ClassReader(finishing.finish(entry.getValue())).accept(node, 0);
        for (MethodNode method : node.methods) {
          addCalls(method, which, calls);
        }
      }
    }
    return calls;
  }

  private static void addCalls(
      MethodNode method, Predicate<MethodInsnNode> which, List<MethodInsnNode> calls) {
    for (AbstractInsnNode instruction : method.instructions) {
      if (instruction instanceof MethodInsnNode call && which.test(call)) {
        calls.add(call);
      }
    }
  }
}
