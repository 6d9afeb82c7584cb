package wagi.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.function.Supplier;

/** What a server writes to its log, on standard error. */
public final class ServerLog {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** Starts the server with its log going here; standard error is as before when this returns. */
  public <S> S of(Supplier<S> start) {
    PrintStream before = System.err;
    System.setErr(new PrintStream(bytes, true, UTF_8));
    try {
      return start.get();
    } finally {
      System.setErr(before);
    }
  }

  public String text() {
    return bytes.toString(UTF_8);
  }

  public long count(String part) {
    return text().lines().filter(line -> line.contains(part)).count();
  }
}
