package wagi.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Any step left out of the bookkeeping of writes or of the reset is noticed by our own checks. */
final class MutationTest {
  private static final long SEED = 7;

  /**
   * The first answers nothing anyway; others are for errors of the JVM that we do not expect, let
   * its collector stop a guest sooner, or tell who waits for an array that there is one.
   */
  private static final Set<String> NO_CHANGES =
      Set.of(
          "ReuseScan.obstacle answers nothing at its return #2",
          "MemoryRoom.enlarge leaves out end #1",
          "MemoryRoom.move leaves out free #1",
          "MemoryRoom.move leaves out letTheJvmStop #3",
          "MemoryRoom.clear leaves out letTheJvmStop #1",
          "MemoryRoom.takeBack leaves out look #1",
          "GuestMemory.mark leaves out setting pollsToLook #0");

  @TestFactory
  Stream<DynamicTest> everyChangeIsNoticed() {
    return mutations().stream()
        .filter(mutation -> !NO_CHANGES.contains(mutation.name()))
        .map(mutation -> dynamicTest(mutation.name(), () -> assertNoticed(mutation)));
  }

  @Test
  void nothingIsNoticedWithoutAChange() {
    assertEquals("", noticed(OwnWorld.unchanged()));
  }

  private static List<Mutation> mutations() {
    Set<String> reset = Set.of("reset", "restoreDirty");
    Set<String> writes =
        Set.of(
            "mark",
            "attach",
            "arrayForWriting",
            "grow",
            "initialize",
            "initPassiveSegment",
            "drop",
            "write",
            "writeByte",
            "writeShort",
            "writeI32",
            "writeLong",
            "fill",
            "copy",
            "zero");
    List<String> sizes = List.of("Byte", "Short", "Int", "Long", "Float", "Double");
    Set<String> stores =
        sizes.stream().map("memoryWrite"::concat).collect(Collectors.toUnmodifiableSet());
    Set<String> loads =
        sizes.stream().map("memoryRead"::concat).collect(Collectors.toUnmodifiableSet());
    List<Mutation> all = new ArrayList<>();
    all.addAll(Mutation.leavingOutSteps(GuestCode.class, stores));
    all.addAll(Mutation.reachingTheLimit(GuestCode.class, stores));
    all.addAll(Mutation.reachingTheLimit(GuestCode.class, loads));
    all.addAll(Mutation.leavingOutSteps(GuestMemory.class, reset));
    all.addAll(Mutation.smallerEights(GuestMemory.class, reset));
    all.addAll(Mutation.leavingOutSteps(GuestMemory.class, writes));
    all.addAll(
        Mutation.leavingOutSteps(
            MemoryRoom.class, Set.of("first", "enlarge", "move", "clear", "takeBack")));
    all.addAll(Mutation.leavingOutSteps(DataSegments.class, Set.of("place", "drop")));
    all.addAll(Mutation.leavingOutSteps(MemoryTemplate.class, Set.of("restore")));
    all.addAll(Mutation.leavingOutSteps(WarmInstance.class, Set.of("reset", "clear")));
    all.addAll(Mutation.answeringNothing(ReuseScan.class, Set.of("obstacle", "leavesTraces")));
    return all;
  }

  private static void assertNoticed(Mutation mutation) {
    String noticed = noticed(OwnWorld.with(mutation.owner(), mutation.change()));
    assertTrue(!noticed.isEmpty(), mutation.name() + " goes unnoticed");
  }

  /** Returns what the checks say in a world, or nothing if all is well. */
  private static String noticed(OwnWorld world) {
    String memory = world.answer(MemoryComparison.class, "firstDifference", SEED, 30_000L);
    if (!memory.equals("null")) {
      return memory;
    }
    String reuse = world.answer(ReuseComparison.class, "compare", SEED, 12, 15);
    if (!reuse.startsWith("same")) {
      return reuse;
    }
    return world.answer(BudgetCheck.class, "problem")
        + world.answer(SpareCheck.class, "problem")
        + world.answer(AtRest.class, "leftovers")
        + world.answer(CanaryCheck.class, "seen", "canary", "return").replace("null", "");
  }
}
