package wagi.benchmarks.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.List;

/** A page of Markdown: printed as it grows, written at the end. */
public final class Report {
  private final StringBuilder page = new StringBuilder();

  /** Begins with what a reader needs to repeat it. */
  public Report(String title, String command) throws IOException, InterruptedException {
    line("# " + title);
    line("");
    line("* Date: " + LocalDate.now());
    line("* Command: `" + command.strip() + "`");
    line("* Revision: " + revision());
    line(
        "* JDK: "
            + System.getProperty("java.vm.name")
            + " "
            + System.getProperty("java.vm.version"));
    line(
        "* Machine: "
            + Runtime.getRuntime().availableProcessors()
            + " processors ("
            + processor()
            + "), load generator included; load average at start "
            + Files.readString(Path.of("/proc/loadavg")).split(" ")[0]);
    line("");
  }

  public void line(String text) {
    page.append(text).append('\n');
    System.out.println(text);
  }

  public void row(Object... cells) {
    StringBuilder row = new StringBuilder("|");
    for (Object cell : cells) {
      row.append(' ').append(cell).append(" |");
    }
    line(row.toString());
  }

  public void table(String... columns) {
    row((Object[]) columns);
    line("|" + "---|".repeat(columns.length));
  }

  /** Writes the page, after what is already there. */
  public void append(Path file) throws IOException {
    if (file == null) {
      return;
    }
    if (file.getParent() != null) {
      Files.createDirectories(file.getParent());
    }
    String gap = Files.exists(file) ? "\n" : "";
    Files.writeString(file, gap + page, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    System.out.println("written to " + file);
  }

  private static String processor() throws IOException {
    List<String> lines = Files.readAllLines(Path.of("/proc/cpuinfo"));
    return lines.stream()
        .filter(line -> line.startsWith("model name"))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse("unknown");
  }

  private static String revision() throws IOException, InterruptedException {
    Process git =
        new ProcessBuilder("git", "describe", "--always", "--dirty")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String answer = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    return git.waitFor() == 0 ? answer : "unknown";
  }
}
