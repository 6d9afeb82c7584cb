package wagi.launch;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The JVM's flags that we set; RATIONALE.md has the measurements.
 *
 * @param processors how many the JVM sees
 * @param memory bytes the JVM sees, a container's limit included
 */
record JvmFlags(int processors, long memory) {
  private static final long MIB = 1L << 20;

  /** For G1, which grows it as it must. */
  private static final long INITIAL_PER_PROCESSOR = 20 * MIB;

  /** Each collection is a pause: the fewer, the fewer requests meet one. */
  private static final long YOUNG_PER_PROCESSOR = 32 * MIB;

  /** Young objects take at most this part of all memory, half of which is heap. */
  private static final long YOUNG_PART = 8;

  private static final int LARGE_PROCESSORS = 4;
  private static final long LARGE_MEMORY = 8192 * MIB;

  private static final Pattern COLLECTOR = Pattern.compile("-XX:[+-]Use\\w*GC");
  private static final Pattern SIZE =
      Pattern.compile(
          "-Xm[nsx].*|-XX:(Initial|Min|Max|SoftMax)?HeapSize=.*|-XX:(Max)?NewSize=.*"
              + "|-XX:NewRatio=.*|-XX:(Initial|Min|Max)RAM(Percentage|Fraction)?=.*");

  static JvmFlags ofThisMachine() {
    var system =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return new JvmFlags(Runtime.getRuntime().availableProcessors(), system.getTotalMemorySize());
  }

  /** These come first: of two settings the JVM takes the last, so the user's win. */
  List<String> of(Jvm jvm, List<String> ofTheUser) {
    List<String> flags = new ArrayList<>();
    flags.add(HugeMethods.COMPILED);
    // The JVM's own quarter leaves most of a container unused; more than half leaves too little
    // for code, stacks and buffers in a small one. -Xmx wins over it.
    flags.add("-XX:MaxRAMPercentage=50");
    flags.addAll(heap(ofTheUser));
    flags.add("-XX:+UseCompactObjectHeaders");
    flags.add("--enable-native-access=ALL-UNNAMED");
    if (jvm.version().feature() == Jvm.NEEDED_FEATURE) {
      // Undertow's libraries use it, and 25 warns. What later versions make of the flag is open.
      flags.add("--sun-misc-unsafe-memory-access=allow");
    }
    return flags;
  }

  /**
   * Two collectors on one line end the JVM, and our sizes may not fit into the user's.
   *
   * <p>A full collection of Serial moves the memories of guests, 0.1 s per GiB; G1 lets them lie.
   */
  private List<String> heap(List<String> ofTheUser) {
    if (any(COLLECTOR, ofTheUser)) {
      return List.of();
    }
    boolean large = processors >= LARGE_PROCESSORS && memory >= LARGE_MEMORY;
    String collector = large ? "-XX:+UseG1GC" : "-XX:+UseSerialGC";
    if (any(SIZE, ofTheUser)) {
      return List.of(collector);
    }
    if (large) {
      return List.of(collector, "-Xms" + INITIAL_PER_PROCESSOR * processors / MIB + "m");
    }
    long young = Math.min(YOUNG_PER_PROCESSOR * processors, memory / YOUNG_PART) / MIB;
    return List.of(collector, "-Xmn" + young + "m", "-Xms" + 2 * young + "m");
  }

  private static boolean any(Pattern pattern, List<String> options) {
    return options.stream().anyMatch(option -> pattern.matcher(option).matches());
  }
}
