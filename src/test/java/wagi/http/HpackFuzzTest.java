package wagi.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import wagi.Fuzz;
import wagi.Mutated;
import wagi.http.HpackTable.Field;

/** Any header block is read within its bounds or is an error of compression. */
@Timeout(value = 2, unit = TimeUnit.HOURS)
final class HpackFuzzTest {
  private static final List<byte[]> WORDS =
      Stream.of(
              "82",
              "86",
              "bf",
              "ff8080808001",
              "ff00",
              "80",
              "4001610162",
              "400161811f",
              "0001610162",
              "1001610162",
              "3fe11f",
              "20",
              "7f000178",
              "407f817f",
              "be",
              "bebebe",
              "418cf1e3c2e5f23a6ba0ab90f4ff",
              "81ff",
              "fe",
              "4003666f6f03626172",
              "00ff",
              "0081fe00")
          .map(HexFormat.of()::parseHex)
          .toList();

  @Test
  void anyBlocksAreFieldsWithinBoundsOrAnError() {
    Mutated blocks = new Mutated(WORDS, WORDS);
    Fuzz.bytes(10_000, blocks, HpackFuzzTest::check);
    Fuzz.bytes(10_000, r -> Mutated.noise(r.nextInt(200), r), HpackFuzzTest::check);
  }

  private static void check(byte[] bytes, SplittableRandom random) {
    HpackDecoder decoder = new HpackDecoder();
    HpackDecoder same = new HpackDecoder();
    for (int from = 0; from < bytes.length; ) {
      int length =
          random.nextBoolean() ? bytes.length - from : random.nextInt(bytes.length - from + 1);
      ByteBuffer block = ByteBuffer.wrap(bytes, from, length).slice();
      String read = read(decoder, block.duplicate());
      assertEquals(read, read(same, block));
      if (read.startsWith("error")) {
        return;
      }
      from += Math.max(1, length);
    }
  }

  private static String read(HpackDecoder decoder, ByteBuffer block) {
    try {
      HpackDecoder.Block read = decoder.decode(block);
      long kept = read.fields().stream().mapToLong(Field::bytes).sum();
      assertTrue(kept <= RawHead.BYTES_MAX && kept <= read.bytes(), "bytes kept " + kept);
      assertTrue(read.fields().size() <= RawHead.FIELDS_MAX + 5, "fields " + read.fields().size());
      for (Field field : read.fields()) {
        String both = field.name() + field.value();
        assertTrue(both.chars().allMatch(c -> c <= 0xff), "not a char for each byte: " + both);
      }
      return read.toString();
    } catch (Http2Exception e) {
      return "error " + e.getMessage();
    }
  }
}
