package wagi.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static wagi.engine.CodeOrigin.CACHED;
import static wagi.engine.CodeOrigin.COMPILED;
import static wagi.engine.CodeOrigin.SHARED;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import wagi.config.ConfigException;
import wagi.config.ConfigReader;
import wagi.config.ConfigSources;
import wagi.engine.CodeOrigin;

/** Starts servers one after another over one directory of compiled code. */
final class SecondStartTest {
  private static final int MODULES = 4;
  private static final int PADDING_BYTES = 1 << 20;

  private final Path folder;
  private final Path cache;

  SecondStartTest(@TempDir Path folder) {
    this.folder = folder;
    cache = folder.resolve("cache/code");
  }

  /** How a start went: where each module's code came from, and what the log says. */
  private record Started(Map<String, CodeOrigin> origins, String log) {
    long count(CodeOrigin origin) {
      return origins.values().stream().filter(origin::equals).count();
    }
  }

  @BeforeEach
  void modules() throws IOException {
    // two servers that start at once in one process must find it there
    LoggerFactory.getILoggerFactory();
    StringBuilder map = new StringBuilder();
    for (int i = 1; i <= MODULES; i++) {
      Files.write(folder.resolve("m" + i + ".wasm"), module(i));
      map.append("[[module]]\nroute = \"/m%d\"\nmodule = \"m%d.wasm\"\n".formatted(i, i));
    }
    Files.writeString(folder.resolve("modules.toml"), map);
  }

  /** Modules of a megabyte, each of its own bytes by a custom section. */
  private static byte[] module(int number) throws IOException {
    ByteArrayOutputStream wasm = new ByteArrayOutputStream();
    wasm.writeBytes(Files.readAllBytes(Path.of("samples/hello-c.wasm")));
    byte[] padding = new byte[PADDING_BYTES];
    padding[0] = 1;
    padding[1] = 'x';
    padding[2] = (byte) number;
    wasm.writeBytes(new byte[] {0, (byte) 0x80, (byte) 0x80, (byte) 0xc0, 0});
    wasm.writeBytes(padding);
    return wasm.toByteArray();
  }

  /** Starts a server, asks every module once, and stops it. */
  private Started start() throws ConfigException, IOException {
    Map<String, CodeOrigin> origins = Collections.synchronizedMap(new TreeMap<>());
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    PrintStream before = System.err;
    System.setErr(new PrintStream(log, true, UTF_8));
    try (WagiServer server =
        WagiServer.load(
            ConfigReader.read(
                ConfigSources.in(folder)
                    .withListen("127.0.0.1:0")
                    .withConfig(folder.resolve("modules.toml"))),
            new ServerOptions(
                false,
                (module, done, total) -> origins.put(module.name(), module.origin()),
                OutputStream.nullOutputStream(),
                null,
                cache))) {
      InetSocketAddress address = server.listen().getFirst();
      for (int i = 1; i <= MODULES; i++) {
        assertEquals("hello world\n", RawHttp.get(address, "/m" + i).body());
      }
      return new Started(origins, log.toString(UTF_8));
    } finally {
      System.setErr(before);
    }
  }

  private List<Path> entries() throws IOException {
    try (Stream<Path> files = Files.walk(cache)) {
      return files.filter(file -> file.toString().endsWith(".code")).sorted().toList();
    }
  }

  private Path variant() throws IOException {
    Path variant = entries().getFirst().getParent();
    assertNotNull(variant);
    return variant;
  }

  @Test
  void secondStartCompilesNothing() throws Exception {
    Started first = start();
    Started second = start();

    assertEquals(MODULES, first.count(COMPILED));
    assertEquals(MODULES, second.count(CACHED));
    assertEquals("", second.log());
  }

  @Test
  void sameBytesUnderTwoNamesAreShared() throws Exception {
    Files.copy(folder.resolve("m1.wasm"), folder.resolve("copy.wasm"));
    Files.writeString(
        folder.resolve("modules.toml"),
        Files.readString(folder.resolve("modules.toml"))
            + "[[module]]\nroute = \"/copy\"\nmodule = \"copy.wasm\"\n");
    Started first = start();

    assertEquals(MODULES, first.count(COMPILED));
    assertEquals(1, first.count(SHARED));
  }

  @Test
  void tamperedEntryIsCompiledAgainAndLogged() throws Exception {
    start();
    Path tampered = entries().get(1);
    byte[] bytes = Files.readAllBytes(tampered);
    bytes[bytes.length / 2] ^= 1;
    Files.write(tampered, bytes);
    Started second = start();
    Started third = start();

    assertEquals(1, second.count(COMPILED));
    assertEquals(MODULES - 1, second.count(CACHED));
    assertEquals(1, second.log().lines().count(), second.log());
    assertTrue(second.log().contains("it was tampered with"), second.log());
    assertTrue(second.log().contains("the module is compiled again"), second.log());
    assertEquals(MODULES, third.count(CACHED));
  }

  @Test
  void truncatedEntryIsCompiledAgain() throws Exception {
    start();
    Path truncated = entries().getFirst();
    Files.write(truncated, new byte[] {1, 2, 3});
    Started second = start();

    assertEquals(1, second.count(COMPILED));
    assertTrue(second.log().contains("it is truncated"), second.log());
  }

  @Test
  void codeOfAnotherVariantIsNotUsedAndStays() throws Exception {
    start();
    Path other = variant().resolveSibling("endive-0.9.0-0123456789abcdef-jdk24");
    Files.move(variant(), other);
    Started second = start();

    assertEquals(MODULES, second.count(COMPILED));
    assertEquals("", second.log());
    assertEquals(2L * MODULES, entries().size());
  }

  @Test
  void entryOfAnotherModuleIsNotUsed() throws Exception {
    start();
    byte[] stranger = Files.readAllBytes(entries().getFirst());
    Files.write(entries().getLast(), stranger);
    Started second = start();

    assertEquals(1, second.count(COMPILED));
    assertTrue(second.log().contains("it was tampered with"), second.log());
  }

  @Test
  void serversStartingAtOnceShareADirectory() throws Exception {
    List<WagiServer> servers = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch both = new CountDownLatch(2);
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      List<Future<?>> starts =
          Stream.generate(
                  () ->
                      threads.submit(
                          () -> {
                            both.countDown();
                            both.await();
                            return servers.add(quiet());
                          }))
              .limit(2)
              .<Future<?>>map(start -> start)
              .toList();
      for (Future<?> start : starts) {
        start.get();
      }
      for (WagiServer server : servers) {
        InetSocketAddress address = server.listen().getFirst();
        assertEquals("hello world\n", RawHttp.get(address, "/m1").body());
      }
    } finally {
      servers.forEach(WagiServer::close);
    }
    assertEquals(MODULES, start().count(CACHED));
  }

  private WagiServer quiet() throws ConfigException, IOException {
    return WagiServer.load(
        ConfigReader.read(
            ConfigSources.in(folder)
                .withListen("127.0.0.1:0")
                .withConfig(folder.resolve("modules.toml"))),
        new ServerOptions(
            false, (m, done, total) -> {}, OutputStream.nullOutputStream(), null, cache));
  }

  @Test
  void directoryThatOthersCanWriteToIsNotUsedAndSaidOnce() throws Exception {
    Files.createDirectories(cache);
    Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwxrwxrwx"));
    start();
    Started second = start();

    assertEquals(MODULES, second.count(COMPILED));
    assertEquals(1, second.log().lines().count(), second.log());
    assertTrue(second.log().contains("code cache off: "), second.log());
    assertEquals(List.of(), entries());
  }

  @Test
  void directoryThatCannotBeMadeIsSaidOnce() throws Exception {
    Files.writeString(folder.resolve("cache"), "a file where a directory should be");
    Started only = start();

    assertEquals(MODULES, only.count(COMPILED));
    assertEquals(1, only.log().lines().count(), only.log());
    assertTrue(only.log().contains("code cache off: "), only.log());
  }

  @Test
  void emptiedDirectoryCostsACompilation() throws Exception {
    start();
    for (Path entry : entries()) {
      Files.delete(entry);
    }
    assertEquals(MODULES, start().count(COMPILED));
    assertEquals(MODULES, start().count(CACHED));
  }
}
