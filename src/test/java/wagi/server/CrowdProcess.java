package wagi.server;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.net.InetSocketAddress;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;

/** A hostile crowd in a JVM of its own, so that what it does to its JVM is not measured. */
final class CrowdProcess implements AutoCloseable {
  private final Process process;
  private final Writer commands;
  private final BufferedReader replies;

  CrowdProcess(InetSocketAddress address) throws IOException, URISyntaxException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Path classes =
        Path.of(CrowdProcess.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    List<String> command =
        List.of(
            java.toString(),
            "-XX:+UseSerialGC",
            "-Xmx256m",
            "-cp",
            classes.toString(),
            CrowdProcess.class.getName(),
            address.getHostString(),
            String.valueOf(address.getPort()));
    process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    commands = new OutputStreamWriter(process.getOutputStream(), US_ASCII);
    replies = new BufferedReader(new InputStreamReader(process.getInputStream(), US_ASCII));
  }

  /** Lets more of them in, until they are so many. */
  void growTo(int count) throws IOException {
    ask(String.valueOf(count));
  }

  /** Waits until each kind has met a status, or the end of its connection, at least once. */
  void awaitAllAnswered() throws IOException {
    ask("await");
  }

  /** How each kind was answered, and how often. */
  String answered() throws IOException {
    return ask("answered");
  }

  private String ask(String what) throws IOException {
    commands.write(what + "\n");
    commands.flush();
    String reply = replies.readLine();
    if (reply == null) {
      throw new IOException("the crowd is gone at '" + what + "'");
    }
    return reply;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  /** The crowd itself: does what is asked for on standard input, a line each. */
  public static void main(String[] arguments) throws IOException {
    InetSocketAddress address = new InetSocketAddress(arguments[0], Integer.parseInt(arguments[1]));
    try (HostileCrowd crowd = new HostileCrowd(address);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, US_ASCII))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        System.out.println(reply(crowd, line));
      }
    }
  }

  private static String reply(HostileCrowd crowd, String line) {
    switch (line) {
      case "answered" -> {
        return crowd.answered();
      }
      case "await" -> Await.until("the crowd is there", crowd::allAnswered);
      default -> crowd.growTo(Integer.parseInt(line));
    }
    return "done";
  }
}
