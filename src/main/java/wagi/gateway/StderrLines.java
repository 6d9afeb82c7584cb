package wagi.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/** Assembles one guest's standard error into lines. Used by one thread at a time. */
public final class StderrLines {
  public static final int MAX_LINE_BYTES = 8 * 1024;
  public static final int KEPT_LINES = 20;

  private final String requestId;
  private final String module;
  private final String route;
  private final StderrListener listener;
  private final Deque<String> last = new ArrayDeque<>();

  /** The line so far; empty until the guest says something, since most never do. */
  private byte[] line = new byte[0];

  private int used;

  public StderrLines(String requestId, String module, String route, StderrListener listener) {
    this.requestId = requestId;
    this.module = module;
    this.route = route;
    this.listener = listener;
  }

  /** Takes the next bytes, which may begin and end anywhere in a line or a character. */
  public void write(byte[] bytes, int offset, int length) {
    int from = offset;
    int end = offset + length;
    while (from < end) {
      if (bytes[from] == '\n') {
        endLine();
        from++;
        continue;
      }
      if (used == MAX_LINE_BYTES) {
        cutLine();
      }
      int taken = lengthUntilLineFeed(bytes, from, Math.min(end, from + MAX_LINE_BYTES - used));
      append(bytes, from, taken);
      from += taken;
    }
  }

  /** Reports a last line that has no line feed. Called once the guest has ended. */
  public void end() {
    if (used > 0) {
      endLine();
    }
  }

  /** Returns the last lines, oldest first, at most {@link #KEPT_LINES}. */
  public List<String> last() {
    return new ArrayList<>(last);
  }

  private static int lengthUntilLineFeed(byte[] bytes, int from, int end) {
    int at = from;
    while (at < end && bytes[at] != '\n') {
      at++;
    }
    return at - from;
  }

  private void append(byte[] bytes, int offset, int length) {
    if (used + length > line.length) {
      int wanted = Math.max(used + length, Math.max(256, 2 * line.length));
      line = Arrays.copyOf(line, Math.min(MAX_LINE_BYTES, wanted));
    }
    System.arraycopy(bytes, offset, line, used, length);
    used += length;
  }

  private void endLine() {
    int length = used > 0 && line[used - 1] == '\r' ? used - 1 : used;
    report(length, false);
    used = 0;
  }

  private void cutLine() {
    int length = wholeCharacters();
    report(length, true);
    System.arraycopy(line, length, line, 0, used - length);
    used -= length;
  }

  /** Returns how many bytes there are before a character that the end of the line would split. */
  private int wholeCharacters() {
    for (int back = 1; back <= 3; back++) {
      int lead = line[used - back] & 0xff;
      if (lead >= 0xc0) {
        int needed = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
        return needed > back ? used - back : used;
      }
      if (lead < 0x80) {
        return used;
      }
    }
    return used;
  }

  private void report(int length, boolean cut) {
    String text = new String(line, 0, length, UTF_8);
    if (last.size() == KEPT_LINES) {
      last.removeFirst();
    }
    last.addLast(text);
    listener.line(requestId, module, route, text, cut);
  }
}
