package wagi.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ClassLoadingMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import wagi.engine.GuestModule;

/** Reloads while clients ask, and what is left of the old code afterwards. */
final class ReloadLoadTest {
  private static final int RELOADS = 100;
  private static final int WARM = 20;

  /** Beside what guests bring, the JVM makes classes of its own now and then. */
  private static final int STRAY_CLASSES = 60;

  /**
   * The JVM's profiles of methods that become hot are there too, some 20 KB a reload at first. A
   * loader of this module is 86 KB, so what 80 reloads might leave is more than twice this.
   */
  private static final long STRAY_BYTES = 3 << 20;

  @Test
  void hundredReloadsUnderLoadFailNoRequestMixNoVersionsAndLeaveNoClasses(@TempDir Path folder)
      throws Exception {
    AtomicInteger newest = new AtomicInteger();
    LiveServer.version(folder, 0);
    try (LiveServer server = LiveServer.of(folder)) {
      Load load =
          new Load(
              server.address(),
              "/version/x",
              body -> {
                int version = VersionedGuest.version(body);
                return version >= 0 && version <= newest.get();
              });
      long classes = 0;
      long metaspace = 0;
      try (load) {
        load.start(4);
        for (int i = 1; i <= RELOADS; i++) {
          long answered = load.answered();
          LiveServer.version(folder, i);
          newest.set(i);
          assertEquals(new Reload(true, List.of(), true), server.reload());
          Await.until(
              "a request was answered since; " + load.failures(),
              () -> load.answered() > answered + 4 || !load.failures().isEmpty());
          if (i == WARM) {
            classes = classesInUse();
            metaspace = metaspaceInUse();
          }
        }
      }
      assertEquals(List.of(), load.failures());
      assertEquals(0, load.refused());
      assertEquals(RELOADS, VersionedGuest.version(server.body("/version")));
      // A module's pool lets go of it within a second.
      long before = classes;
      Await.until(
          "there are no more classes than after " + WARM + " reloads",
          () -> classesInUse() - before < STRAY_CLASSES);
      long bytes = metaspaceInUse() - metaspace;
      assertTrue(bytes < STRAY_BYTES, bytes + " bytes more than after " + WARM + " reloads");
    }
  }

  @Test
  void oldModuleIsFreedAndItsClassesUnloaded(@TempDir Path folder) throws Exception {
    LiveServer.version(folder, 1);
    try (LiveServer server = LiveServer.of(folder)) {
      assertEquals(1, VersionedGuest.version(server.body("/version")));
      WeakReference<GuestModule> old = new WeakReference<>(module(server));
      ClassLoadingMXBean loading = ManagementFactory.getClassLoadingMXBean();
      long unloaded = loading.getUnloadedClassCount();
      LiveServer.version(folder, 2);
      assertTrue(server.reload().changed());
      assertEquals(2, VersionedGuest.version(server.body("/version")));
      Await.until("the old module is gone", () -> isGone(old));
      Await.until("its classes are gone", () -> collected(loading) > unloaded);
      assertFalse(server.server().assembly().moduleNames().isEmpty());
    }
  }

  private static GuestModule module(LiveServer server) {
    return server.server().assembly().sites().getFirst().modules().getFirst().module();
  }

  private static boolean isGone(WeakReference<GuestModule> module) {
    System.gc();
    return module.get() == null;
  }

  private static long collected(ClassLoadingMXBean loading) {
    System.gc();
    return loading.getUnloadedClassCount();
  }

  /** Classes of no more use need one collection to be found, and one to be rid of their loader. */
  private static long classesInUse() {
    System.gc();
    System.gc();
    return ManagementFactory.getClassLoadingMXBean().getLoadedClassCount();
  }

  private static long metaspaceInUse() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getName().contains("Metaspace"))
        .map(MemoryPoolMXBean::getUsage)
        .mapToLong(usage -> usage.getUsed())
        .sum();
  }
}
