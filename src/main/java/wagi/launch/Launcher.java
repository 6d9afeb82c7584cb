package wagi.launch;

import java.io.File;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@code java -jar} starts, on any JVM since 17: goes on to {@code cli} if this JVM fits, and
 * else starts itself again on one that does.
 */
public final class Launcher {
  static final int NO_FITTING_JVM = 5;
  private static final int EXEC_FEATURE = 22;
  private static final String EXEC = "wagi.launch.Exec";

  private Launcher() {}

  public static void main(String[] arguments) throws Throwable {
    try {
      launch(arguments, JvmSearch.ofThisMachine());
    } catch (NoFittingJvmException e) {
      System.err.println("wagi-server: " + e.getMessage());
      System.exit(NO_FITTING_JVM);
    }
  }

  static void launch(String[] arguments, JvmSearch search) throws Throwable {
    Long launcherPid = Long.getLong(JvmCommand.LAUNCHER_PROPERTY);
    if (launcherPid == null) {
      prepareExec(search.running());
    }
    boolean fits = search.running().fits();
    if (launcherPid == null && !(fits && HugeMethods.settled())) {
      startAgain(arguments, search);
      return;
    }
    if (!fits) {
      throw new NoFittingJvmException(
          "is Java " + search.running() + ", but its file 'release' told another version");
    }
    if (launcherPid != null) {
      accept(launcherPid);
    }
    startCli(arguments);
  }

  private static void startAgain(String[] arguments, JvmSearch search) throws Throwable {
    Jvm jvm = search.find();
    String classPath = System.getProperty("java.class.path");
    List<String> ofTheUser = ManagementFactory.getRuntimeMXBean().getInputArguments();
    List<String> options = new ArrayList<>(JvmFlags.ofThisMachine().of(jvm, ofTheUser));
    AotCache.of(search.environment(), Path.of(System.getProperty("user.home")), jvm, classPath)
        .ifPresent(cache -> options.addAll(cache.options(ofTheUser)));
    options.addAll(ofTheUser);
    List<String> command =
        new JvmCommand(jvm, options, classPath)
            .launching(ProcessHandle.current().pid(), List.of(arguments));
    if (canExec(search.running())) {
      exec(command);
    }
    try {
      System.exit(Child.run(command));
    } catch (IOException e) {
      throw new NoFittingJvmException("cannot start Java " + jvm + ": " + e.getMessage());
    }
  }

  /** Goes on with what the launcher chose: looking again could go round forever. */
  private static void accept(long launcherPid) {
    if (!HugeMethods.settled()) {
      System.err.println(
          "wagi-server: warning: this JVM did not take "
              + HugeMethods.COMPILED
              + ", large guest functions will be slow");
    }
    if (launcherPid != ProcessHandle.current().pid()) {
      ParentWatch.start(launcherPid);
    }
    String cache = System.getProperty(AotCache.TO_MAKE);
    if (cache != null) {
      FirstStart.makeLater(Path.of(cache));
    }
    String given = System.getProperty(AotCache.GIVEN);
    if (given != null && AotCache.isIgnored()) {
      FirstStart.remakeLater(Path.of(given));
    }
  }

  /** By name, since the class cannot be loaded, or compiled against, on an older Java. */
  static void startCli(String[] arguments) throws Throwable {
    MethodHandles.publicLookup()
        .findStatic(
            Class.forName("wagi.cli.Main"),
            "main",
            MethodType.methodType(void.class, String[].class))
        .invokeExact(arguments);
  }

  private static boolean canExec(Jvm running) {
    return running.version().feature() >= EXEC_FEATURE && File.separatorChar == '/';
  }

  /** Linking native functions takes longer than all else here, so another thread begins with it. */
  private static void prepareExec(Jvm running) {
    if (canExec(running)) {
      Thread linking = new Thread(Launcher::initializeExec, "prepare-exec");
      linking.setDaemon(true);
      linking.start();
    }
  }

  /** Whoever needs the class meanwhile waits, and hears of what went wrong here. */
  private static void initializeExec() {
    try {
      Class.forName(EXEC);
    } catch (ClassNotFoundException | LinkageError e) {
      System.getLogger("wagi.launch").log(System.Logger.Level.DEBUG, "no exec", e);
    }
  }

  /** By name, as above. */
  private static void exec(List<String> command) throws Throwable {
    MethodHandles.lookup()
        .findStatic(
            Class.forName(EXEC),
            "replace",
            MethodType.methodType(void.class, List.class, List.class))
        .invokeExact(command, JvmCommand.VARIABLES);
  }
}
