package wagi.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

final class CodeVerificationTest {
  private final CodeVerification verification = new CodeVerification(1000);

  @AfterEach
  void close() {
    verification.close();
  }

  /** A machine, and another class whose one method is right or as no compiler would write it. */
  private static GeneratedCode code(boolean right) {
    ClassWriter machine = classWriter("gen/Main", "run/endive/runtime/Machine");
    MethodVisitor made =
        machine.visitMethod(
            Opcodes.ACC_PUBLIC, "<init>", "(Lrun/endive/runtime/Instance;)V", null, null);
    made.visitVarInsn(Opcodes.ALOAD, 0);
    made.visitMethodInsn(Opcodes.INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
    made.visitInsn(Opcodes.RETURN);
    made.visitMaxs(1, 2);
    ClassWriter other = classWriter("gen/Other");
    MethodVisitor number = other.visitMethod(Opcodes.ACC_STATIC, "number", "()I", null, null);
    number.visitInsn(right ? Opcodes.ICONST_1 : Opcodes.ACONST_NULL);
    number.visitInsn(Opcodes.IRETURN);
    number.visitMaxs(1, 0);
    return GeneratedCode.of(
        "gen.Main",
        Map.of(
            "gen/Main", ByteBuffer.wrap(machine.toByteArray()),
            "gen.Other", ByteBuffer.wrap(other.toByteArray())));
  }

  private static ClassWriter classWriter(String name, String... interfaces) {
    ClassWriter writer = new ClassWriter(0);
    writer.visit(Opcodes.V11, Opcodes.ACC_PUBLIC, name, null, "java/lang/Object", interfaces);
    return writer;
  }

  @Test
  void classesAreDefinedOnceNothingIsLoaded() throws InterruptedException {
    GeneratedCode code = code(true);
    verification.beginLoading();
    verification.add(code, 600);
    assertEquals(List.of("gen.Other"), code.undefined());
    verification.endLoading();

    awaitNothingLeft(code);
  }

  private static void awaitNothingLeft(GeneratedCode code) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!code.undefined().isEmpty()) {
      assertTrue(System.nanoTime() < end, "still waiting: " + code.undefined());
      Thread.sleep(5);
    }
  }

  @Test
  void moreThanMayWaitIsDefinedAtOnce() {
    GeneratedCode first = code(true);
    GeneratedCode second = code(true);
    verification.beginLoading();
    verification.add(first, 600);
    verification.add(second, 600);

    assertEquals(List.of("gen.Other"), first.undefined());
    assertEquals(List.of(), second.undefined());
  }

  @Test
  void whatTheJvmRefusesIsLoggedAndTheNextIsDefined() throws InterruptedException {
    GeneratedCode wrong = code(false);
    GeneratedCode right = code(true);
    try (RecordingLog log = RecordingLog.open()) {
      verification.beginLoading();
      verification.add(wrong, 100);
      verification.add(right, 100);
      verification.endLoading();
      awaitNothingLeft(right);

      assertEquals(
          List.of("cached code cannot be used; delete the code cache and restart"), log.warnings());
    }
  }
}
