package wagi.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;

/** A reused instance answers byte for byte as a fresh one. */
final class ReuseTest {
  private static final int REQUESTS = 50;

  /** More are not made, however many runs. */
  private static final int MODULES = 2_000;

  @Test
  @Timeout(value = 2, unit = TimeUnit.HOURS)
  void generatedModulesAnswerTheSameReusedAndFresh(TestReporter report)
      throws ModuleRefusedException {
    compare(report, Long.getLong("wagi.test.seed", 20_260_707));
  }

  @Test
  void everyRunTriesOtherModulesToo(TestReporter report) throws ModuleRefusedException {
    String same = ReuseComparison.compare(System.nanoTime(), 20, REQUESTS);
    report.publishEntry(same);

    assertTrue(same.startsWith("same"), same);
  }

  private static void compare(TestReporter report, long seed) throws ModuleRefusedException {
    int pairs = Integer.getInteger("wagi.test.pairedRuns", 3_000);
    int requests = Math.max(REQUESTS, pairs / MODULES);
    String same = ReuseComparison.compare(seed, pairs / requests, requests);
    report.publishEntry(same);

    assertTrue(same.startsWith("same"), same);
  }
}
