package wagi.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class CompiledClassesTest {
  private static final byte[] WHOLE = classes().toBytes();

  private static CompiledClasses classes() {
    SequencedMap<String, ByteBuffer> classes = new LinkedHashMap<>();
    classes.put("a/b/Zebra", ByteBuffer.wrap(new byte[] {1, 2, 3}));
    classes.put("a.b.Machine", ByteBuffer.allocate(0));
    classes.put("ä", ByteBuffer.wrap(new byte[] {9}));
    return new CompiledClasses(
        "a.b.Machine", classes, new TreeSet<>(List.of(70_000, 3)), "uses TABLE_SET");
  }

  @Test
  void bytesBecomeTheSameClassesInTheSameOrder() throws IOException {
    CompiledClasses read = CompiledClasses.fromBytes(WHOLE);
    assertEquals("a.b.Machine", read.mainClass());
    assertEquals(List.of("a/b/Zebra", "a.b.Machine", "ä"), List.copyOf(read.classes().keySet()));
    assertEquals(ByteBuffer.wrap(new byte[] {1, 2, 3}), read.classes().get("a/b/Zebra"));
    assertEquals(List.of(3, 70_000), List.copyOf(read.interpretedFunctions()));
    assertEquals("uses TABLE_SET", read.reuseObstacle());
    assertArrayEquals(WHOLE, read.toBytes());
  }

  @Test
  void nothingIsReadFromEveryShorterPart() {
    for (int length = 0; length < WHOLE.length; length++) {
      byte[] part = Arrays.copyOf(WHOLE, length);
      assertThrows(IOException.class, () -> CompiledClasses.fromBytes(part), "of " + length);
    }
  }

  @Test
  void trailingByteIsRefused() {
    refused("followed by 1 bytes", Arrays.copyOf(WHOLE, WHOLE.length + 1));
  }

  @Test
  void otherBytesAreRefused() {
    refused("begin with other bytes", "PK-a-jar-file".getBytes(UTF_8));
  }

  @Test
  void everyChangedBitIsReadAsItIsOrRefused() {
    for (int bit = 0; bit < WHOLE.length * 8; bit++) {
      byte[] changed = WHOLE.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      assertArrayEquals(changed, rewritten(changed), "bit " + bit);
    }
  }

  private static byte[] rewritten(byte[] bytes) {
    try {
      return CompiledClasses.fromBytes(bytes).toBytes();
    } catch (IOException e) {
      return bytes;
    }
  }

  @Test
  void lengthsBeyondTheEndAreRefusedBeforeAnythingIsMade() {
    refused("a count of 2147483647", file().putInt(Integer.MAX_VALUE));
    refused("a count of -1", file().putInt(-1));
    refused("a length of 2147483647", one("a").putInt(Integer.MAX_VALUE).putInt(0));
    refused("a length of -1", one("a").putInt(-1).putInt(0));
    refused("a count of 1073741824", file().putInt(0).putInt(1 << 30));
  }

  @Test
  void classThatIsThereTwiceIsRefused() {
    ByteBuffer twice = file().putInt(2).putShort((short) 1).put((byte) 'a').putInt(0);
    refused("class a is there twice", twice.putShort((short) 1).put((byte) 'a').putInt(0));
  }

  @Test
  void emptyNameIsRefused() {
    refused("the name of a class is empty", file().putInt(1).putShort((short) 0).putLong(0));
  }

  @Test
  void functionsOutOfOrderAreRefused() {
    refused("interpreted function 4 follows 5", file().putInt(0).putInt(2).putInt(5).putInt(4));
    refused("interpreted function 5 follows 5", file().putInt(0).putInt(2).putInt(5).putInt(5));
    refused("interpreted function -2 follows -1", file().putInt(0).putInt(1).putInt(-2));
  }

  @Test
  void nameTooLongForTheFormatIsNotWritten() {
    CompiledClasses classes =
        new CompiledClasses("a".repeat(65_536), new LinkedHashMap<>(), new TreeSet<>(), null);
    assertThrows(IllegalArgumentException.class, classes::toBytes);
  }

  private static ByteBuffer file() {
    return ByteBuffer.allocate(100).putInt(0x57434332).putShort((short) 1).put((byte) 'm');
  }

  private static ByteBuffer one(String name) {
    return file().putInt(1).putShort((short) name.length()).put(name.getBytes(UTF_8));
  }

  private static void refused(String why, ByteBuffer bytes) {
    byte[] written = new byte[bytes.position()];
    bytes.get(0, written);
    refused(why, written);
  }

  private static void refused(String why, byte[] bytes) {
    IOException refused = assertThrows(IOException.class, () -> CompiledClasses.fromBytes(bytes));
    String message = String.valueOf(refused.getMessage());
    assertTrue(message.contains(why), message);
  }
}
