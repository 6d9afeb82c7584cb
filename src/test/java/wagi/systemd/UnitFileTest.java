package wagi.systemd;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What systemd itself says of the unit that we hand out. */
@Tag("apt")
final class UnitFileTest {
  private static final Path UNITS = Path.of("packaging/systemd");
  private static final String UNIT = "wagi-server.service";
  private static final int NOTIFY_RELOAD_SINCE = 253;

  private record Answer(int exitCode, String text) {}

  @Test
  void systemdFindsNothingWrong() throws Exception {
    assertEquals(new Answer(0, ""), analyze("verify", UNITS.resolve(UNIT).toString()));
  }

  @Test
  void systemdRatesItsExposureAtMost2() throws Exception {
    Answer answer =
        analyze("security", "--offline=true", "--threshold=20", UNITS.resolve(UNIT).toString());

    assertEquals(0, answer.exitCode, answer.text);
    assertTrue(answer.text.contains("Overall exposure level for " + UNIT), answer.text);
  }

  @Test
  void ratingWithoutItsHardeningIsRefused(@TempDir Path directory) throws Exception {
    List<String> bare = new ArrayList<>(Files.readAllLines(UNITS.resolve(UNIT)));
    bare.removeIf(line -> line.startsWith("SystemCallFilter") || line.startsWith("Restrict"));
    Files.write(directory.resolve(UNIT), bare);

    Answer answer = analyze("security", "--offline=true", "--threshold=20", directory + "/" + UNIT);
    assertEquals(1, answer.exitCode, answer.text);
  }

  /** Older ones name the value they do not know, and nothing else. */
  @Test
  void dropInForNotifyReloadIsUnderstoodFrom253On(@TempDir Path directory) throws Exception {
    Path dropIns = Files.createDirectory(directory.resolve(UNIT + ".d"));
    Files.copy(UNITS.resolve(UNIT), directory.resolve(UNIT));
    Files.copy(UNITS.resolve("notify-reload.conf"), dropIns.resolve("notify-reload.conf"));

    Answer answer = analyze("verify", directory + "/" + UNIT);
    if (version() >= NOTIFY_RELOAD_SINCE) {
      assertEquals(new Answer(0, ""), answer);
    } else {
      assertTrue(answer.text.contains("service type, ignoring: notify-reload"), answer.text);
      assertEquals(1, answer.text.lines().count(), answer.text);
    }
  }

  private static int version() throws IOException, InterruptedException {
    String text = analyze("--version").text;
    Matcher number = Pattern.compile("^systemd (\\d+)").matcher(text);
    assertTrue(number.find(), text);
    return Integer.parseInt(number.group(1));
  }

  private static Answer analyze(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("systemd-analyze", "--no-pager"));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Answer(process.waitFor(), text);
  }
}
