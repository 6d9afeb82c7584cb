package wagi.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;

/**
 * Names all that decides what is kept of a module: the engine's version, the JDK's, that of the
 * translator of texts, our switch, and a digest of our own classes that make, change, check or are
 * called by generated code. Nobody has to remember to count a version up.
 */
final class CodeVariant {
  /** What the digest covers, nested classes included. */
  static final List<Class<?>> MAKERS =
      List.of(
          CallsByHandle.class,
          CodeFinishing.class,
          CodeLoader.class,
          Comparisons.class,
          CompiledClasses.class,
          GeneratedCode.class,
          GuestCode.class,
          GuestCodeHandles.class,
          GuestMemory.class,
          IndirectCalls.class,
          ModuleCheck.class,
          ModuleSkeleton.class,
          Polls.class,
          ReuseScan.class,
          SpinCheck.class,
          StrippedModule.class,
          UnsharedMemory.class);

  private static final Properties VERSIONS = versions();

  private CodeVariant() {}

  static String name(boolean finished) {
    return CodeCache.variant(
        "endive-" + VERSIONS.getProperty("endive"),
        (finished ? "finished " : "unfinished ")
            + ("wabt " + VERSIONS.getProperty("wabt") + " ")
            + OwnClasses.DIGEST);
  }

  /** Computed once, when it is first needed. */
  private static final class OwnClasses {
    static final String DIGEST = digest(MAKERS);
  }

  private static Properties versions() {
    Properties versions = new Properties();
    try (InputStream in = resource("versions.properties")) {
      versions.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException("reading the engine's version", e);
    }
    return versions;
  }

  static String digest(List<Class<?>> makers) {
    List<Class<?>> all = new ArrayList<>();
    for (Class<?> maker : makers) {
      all.addAll(List.of(maker.getNestMembers()));
    }
    all.sort(Comparator.comparing(Class::getName));
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Class<?> one : all) {
        digest.update(classFile(one));
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static byte[] classFile(Class<?> one) {
    String name = one.getName();
    try (InputStream in = resource(name.substring(name.lastIndexOf('.') + 1) + ".class")) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("reading the class file of " + name, e);
    }
  }

  private static InputStream resource(String name) {
    InputStream in = CodeVariant.class.getResourceAsStream(name);
    if (in == null) {
      throw new IllegalStateException("the class path lacks wagi/engine/" + name);
    }
    return in;
  }
}
