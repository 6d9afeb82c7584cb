package wagi.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import wagi.engine.Engine;
import wagi.engine.EngineSettings;
import wagi.engine.GuestModule;
import wagi.engine.Input;
import wagi.engine.Instances;
import wagi.engine.Invocation;
import wagi.engine.Limits;
import wagi.engine.ModuleRefusedException;
import wagi.module.ModuleFile;
import wagi.module.ModuleFileException;
import wagi.wasi.WasiPreview1;
import wagi.wasi.WasiUnstable;

/**
 * The engine as the server builds it, and the guests that run on it. Paths begin at the checkout.
 */
final class Guests {
  private static final Path SAMPLES = Path.of("samples");
  private static final Path COMPUTE = Path.of("benchmarks/guests/compute.wasm");

  /** The server's defaults: limits are on in every number. */
  private static final Limits LIMITS =
      new Limits(
          Duration.ofSeconds(30),
          256,
          Duration.ofSeconds(5),
          256 << 20,
          64 << 20,
          1 << 20,
          64,
          128 << 10,
          64);

  /** What a browser's request becomes. */
  private static final List<String> ENVIRONMENT =
      List.of(
          "AUTH_TYPE=",
          "CONTENT_LENGTH=",
          "GATEWAY_INTERFACE=CGI/1.1",
          "HTTP_ACCEPT=text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
          "HTTP_ACCEPT_ENCODING=gzip, deflate",
          "HTTP_ACCEPT_LANGUAGE=en-US,en;q=0.5",
          "HTTP_HOST=localhost:3000",
          "HTTP_USER_AGENT=Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
          "HTTP_X_REQUEST_ID=0123456789abcdef",
          "PATH_INFO=",
          "PATH_TRANSLATED=",
          "QUERY_STRING=",
          "REMOTE_ADDR=127.0.0.1",
          "REMOTE_HOST=127.0.0.1",
          "REMOTE_PORT=50000",
          "REQUEST_METHOD=GET",
          "REQUEST_SCHEME=http",
          "REQUEST_URI=/hello",
          "SCRIPT_NAME=/hello",
          "SERVER_NAME=localhost",
          "SERVER_PORT=3000",
          "SERVER_PROTOCOL=HTTP/1.1",
          "SERVER_SOFTWARE=WAGI/1",
          "X_FULL_URL=http://localhost:3000/hello",
          "X_MATCHED_ROUTE=/hello/...",
          "X_RAW_PATH_INFO=");

  private Guests() {}

  static Engine engine() {
    return new Engine(
        new EngineSettings(4, 128, List.of(WasiPreview1.module(), WasiUnstable.module()), null));
  }

  static GuestModule load(Engine engine, String name, byte[] wasm) {
    try {
      return engine.load(name, wasm, LIMITS, Instances.POOLED);
    } catch (ModuleRefusedException e) {
      throw new IllegalStateException(name + " was refused", e);
    }
  }

  /** Returns a sample by file name, or {@code large}: hello-rust with 1.5 MB of code added. */
  static byte[] sample(String name) {
    try {
      return name.equals("large")
          ? LargeModule.grown(Files.readAllBytes(SAMPLES.resolve("hello-rust.wasm")), 1_500_000, 1)
          : ModuleFile.read(SAMPLES.resolve(name)).wasm();
    } catch (IOException | ModuleFileException e) {
      throw new IllegalStateException("start it in the top directory of the checkout", e);
    }
  }

  static byte[] compute() {
    try {
      return Files.readAllBytes(COMPUTE);
    } catch (IOException e) {
      throw new IllegalStateException("start it in the top directory of the checkout", e);
    }
  }

  static Invocation request(String... arguments) {
    return new Invocation("_start", List.of(arguments), ENVIRONMENT, Input.EMPTY, List.of());
  }
}
