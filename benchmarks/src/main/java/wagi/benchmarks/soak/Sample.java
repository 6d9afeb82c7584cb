package wagi.benchmarks.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import wagi.benchmarks.load.Jvm;
import wagi.benchmarks.load.Server;

/**
 * What a server holds at one moment, as the system and its JVM tell it.
 *
 * @param heapMib live, after a full collection
 */
record Sample(
    double minute,
    double residentMib,
    int descriptors,
    int threads,
    double heapMib,
    double metaspaceMib,
    int classes) {

  private static final Pattern GENERATION =
      Pattern.compile(
          "^ ?(?:DefNew|Tenured|garbage-first heap|PSYoungGen|ParOldGen)\\b.* used (\\d+)K");
  private static final Pattern METASPACE = Pattern.compile("Metaspace +used (\\d+)K");
  private static final Pattern CLASSES = Pattern.compile("loaders, (\\d+) classes");

  static Sample of(Server server, double minute) throws IOException, InterruptedException {
    long pid = server.pid();
    double resident = server.residentMib();
    int descriptors = count(pid, "fd");
    int threads = count(pid, "task");
    String told = Jvm.jcmd(pid, "-f", commands().toString());
    double heap = told.lines().mapToDouble(line -> number(GENERATION, line)).sum() / 1024;
    double metaspace = told.lines().mapToDouble(line -> number(METASPACE, line)).sum() / 1024;
    int classes = (int) told.lines().mapToDouble(line -> number(CLASSES, line)).sum();
    if (heap == 0 || metaspace == 0 || classes == 0) {
      throw new IOException("jcmd says something else than was expected: " + told);
    }
    return new Sample(minute, resident, descriptors, threads, heap, metaspace, classes);
  }

  private static Path commands() throws IOException {
    return Files.writeString(
        Server.WORK.resolve("jcmd.txt"), "GC.run\nGC.heap_info\nVM.metaspace\n");
  }

  private static double number(Pattern pattern, String line) {
    Matcher matcher = pattern.matcher(line);
    return matcher.find() ? Double.parseDouble(matcher.group(1)) : 0;
  }

  private static int count(long pid, String what) throws IOException {
    try (Stream<Path> entries = Files.list(Path.of("/proc/" + pid + "/" + what))) {
      return (int) entries.count();
    }
  }

  /** For who looks on. */
  String line() {
    return String.format(
        "%.1f min: heap %.1f MiB, metaspace %.2f MiB, %d classes, %d threads, %d descriptors, RSS %.0f MiB",
        minute, heapMib, metaspaceMib, classes, threads, descriptors, residentMib);
  }
}
