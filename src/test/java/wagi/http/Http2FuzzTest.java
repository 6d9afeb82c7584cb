package wagi.http;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import wagi.Mutated;

/**
 * Whatever frames a client sends, no more runs than streams were opened, and answers are frames.
 */
@Timeout(value = 2, unit = TimeUnit.HOURS)
final class Http2FuzzTest {
  private static final int END = Http2Frame.END_HEADERS | Http2Frame.END_STREAM;

  @Test
  void noMoreRunsThanStreamsWereOpenedAndEveryAnswerIsFrames() throws IOException {
    FuzzedServer.withstands(
        new Mutated(examples(), words()), Http2FuzzTest::exchange, Http2FuzzTest::ask);
  }

  private static int exchange(FuzzedServer fuzzed, byte[] frames, SplittableRandom random)
      throws IOException {
    try (Http2Client client = new Http2Client(fuzzed.server().address)) {
      try {
        client.send(Http2Preface.BYTES);
        FuzzedServer.inPieces(frames, random, client::send);
        client.endSending();
      } catch (SocketException e) {
        // It has ended while we were still sending.
      }
      read(client, streams(frames));
    }
    List<String> ran = fuzzed.handler().since();
    assertTrue(ran.size() <= streams(frames).size(), () -> "ran " + ran);
    return ran.size();
  }

  private static int ask(RunningServer server) throws IOException {
    try (Http2Client client = new Http2Client(server.address)) {
      return client.begin().get(1, "/").answer(1).status();
    }
  }

  /** Reads frames to the end. */
  private static void read(Http2Client client, Set<Integer> opened) throws IOException {
    boolean first = true;
    try {
      while (true) {
        Http2Client.Frame frame = client.next();
        int size = frame.payload().remaining();
        assertTrue(size <= Http2Frame.PAYLOAD_BYTES_MAX, "a frame of " + size + " bytes");
        assertTrue(!first || frame.type() == Http2Frame.SETTINGS, "begins with " + frame);
        first = false;
        boolean known = frame.stream() == 0 || opened.contains(frame.stream());
        assertTrue(known, "about a stream that nobody opened: " + frame);
        boolean right =
            switch (frame.type()) {
              case Http2Frame.HEADERS, Http2Frame.DATA -> frame.stream() > 0;
              case Http2Frame.RST_STREAM -> frame.stream() > 0 && size == 4;
              case Http2Frame.SETTINGS -> frame.stream() == 0 && size % 6 == 0;
              case Http2Frame.PING -> frame.stream() == 0 && size == 8;
              case Http2Frame.GOAWAY -> frame.stream() == 0 && size >= 8;
              case Http2Frame.WINDOW_UPDATE -> size == 4;
              default -> false;
            };
        assertTrue(right, "not a frame of ours: " + frame);
      }
    } catch (EOFException | SocketException e) {
      // All was read.
    }
  }

  /** Returns the streams that HEADERS frames name, by nothing but the frames' lengths. */
  private static Set<Integer> streams(byte[] frames) {
    Set<Integer> streams = new HashSet<>();
    ByteBuffer in = ByteBuffer.wrap(frames);
    while (in.remaining() >= Http2Frame.HEAD_BYTES) {
      int length = (in.get() & 0xff) << 16 | (in.getShort() & 0xffff);
      int type = in.get();
      in.get();
      int stream = in.getInt() & 0x7fffffff;
      if (type == Http2Frame.HEADERS) {
        streams.add(stream);
      }
      in.position(in.position() + Math.min(length, in.remaining()));
    }
    return streams;
  }

  private static byte[] frame(int type, int flags, int stream, byte... payload) {
    return Http2Frame.begin(type, flags, stream, payload.length, payload.length)
        .put(payload)
        .array();
  }

  private static byte[] head(String method, String path, String... more) {
    List<String> fields =
        new ArrayList<>(
            List.of(":method", method, ":scheme", "http", ":path", path, ":authority", "a"));
    fields.addAll(List.of(more));
    return Http2Client.block(fields.toArray(String[]::new));
  }

  private static byte[] joined(byte[]... parts) {
    ByteBuffer all = ByteBuffer.allocate(Arrays.stream(parts).mapToInt(p -> p.length).sum());
    for (byte[] part : parts) {
      all.put(part);
    }
    return all.array();
  }

  private static List<byte[]> examples() {
    byte[] settings = frame(Http2Frame.SETTINGS, 0, 0);
    byte[] get = frame(Http2Frame.HEADERS, END, 1, head("GET", "/one"));
    byte[] other = frame(Http2Frame.HEADERS, END, 3, head("GET", "/two", "x", "y"));
    byte[] post = frame(Http2Frame.HEADERS, Http2Frame.END_HEADERS, 5, head("POST", "/three"));
    byte[] data = frame(Http2Frame.DATA, Http2Frame.END_STREAM, 5, get);
    byte[] ping = frame(Http2Frame.PING, 0, 0, new byte[8]);
    byte[] window = Http2Frame.of(Http2Frame.WINDOW_UPDATE, 0, 0, 1000).array();
    byte[] reset = Http2Frame.of(Http2Frame.RST_STREAM, 0, 3, 8).array();
    byte[] block = head("GET", "/four");
    byte[] start = frame(Http2Frame.HEADERS, Http2Frame.END_STREAM, 7, Arrays.copyOf(block, 9));
    byte[] end =
        frame(
            Http2Frame.CONTINUATION,
            Http2Frame.END_HEADERS,
            7,
            Arrays.copyOfRange(block, 9, block.length));
    return List.of(
        joined(settings, get, other),
        joined(settings, ping, post, data, window),
        joined(settings, get, other, reset, start, end),
        joined(settings, post, get, data),
        joined(settings, window, other, ping, start, end));
  }

  private static List<byte[]> words() {
    List<byte[]> words = new ArrayList<>(examples());
    for (int type = 0; type <= 10; type++) {
      for (int stream : new int[] {0, 1, 2, 3, 9, 0x7fffffff}) {
        words.add(frame(type, type * 5 & 0x2d, stream, new byte[type == 6 ? 8 : type % 3 * 2]));
      }
    }
    for (int setting = 1; setting <= 6; setting++) {
      byte[] payload = {0, (byte) setting, 0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff};
      words.add(frame(Http2Frame.SETTINGS, 0, 0, payload));
    }
    words.add(frame(Http2Frame.HEADERS, END, 9, head("GET", "/\n")));
    words.add(frame(Http2Frame.HEADERS, END, 9, head("GET", "/", "transfer-encoding", "chunked")));
    words.add(frame(Http2Frame.HEADERS, END, 11, head("GET", "/", "content-length", "5")));
    words.add(frame(Http2Frame.HEADERS, END, 13, head("GET", "/", ":path", "/smuggled")));
    return words;
  }
}
