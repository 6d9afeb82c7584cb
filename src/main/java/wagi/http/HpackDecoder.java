package wagi.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.undertow.protocols.http2.HPackHuffman;
import io.undertow.protocols.http2.HpackException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import wagi.http.HpackTable.Field;

/**
 * Reads header blocks (RFC 7541). Each block must be read whole, also one that is too large, since
 * those after it refer to its fields.
 */
final class HpackDecoder {
  private static final int TABLE_BYTES_MAX = 4096;
  private static final int INTEGER_MAX = 1 << 24;

  private final Deque<Field> table = new ArrayDeque<>();
  private final List<Field> fields = new ArrayList<>();
  private int tableBytes;
  private int tableLimit = TABLE_BYTES_MAX;
  private long bytes;

  /** What a block held; no more fields are kept than may be looked at. */
  record Block(List<Field> fields, long bytes) {}

  Block decode(ByteBuffer block) throws Http2Exception {
    fields.clear();
    bytes = 0;
    boolean first = true;
    while (block.hasRemaining()) {
      int b = block.get(block.position()) & 0xff;
      if ((b & 0x80) != 0) {
        keep(field(integer(block, 7)));
      } else if ((b & 0x40) != 0) {
        Field field = literal(block, 6);
        keep(field);
        remember(field);
      } else if ((b & 0x20) != 0) {
        resize(integer(block, 5), first);
        continue;
      } else {
        keep(literal(block, 4));
      }
      first = false;
    }
    return new Block(List.copyOf(fields), bytes);
  }

  private void keep(Field field) {
    bytes += field.bytes();
    if (bytes <= RawHead.BYTES_MAX && fields.size() <= RawHead.FIELDS_MAX + 4) {
      fields.add(field);
    }
  }

  private Field field(int index) throws Http2Exception {
    if (index >= 1 && index <= HpackTable.FIXED.size()) {
      return HpackTable.FIXED.get(index - 1);
    }
    int place = index - HpackTable.FIXED.size();
    if (index == 0 || place > table.size()) {
      throw bad("an index beyond the table");
    }
    for (Field field : table) {
      if (--place == 0) {
        return field;
      }
    }
    throw bad("an index beyond the table");
  }

  private Field literal(ByteBuffer block, int prefix) throws Http2Exception {
    int index = integer(block, prefix);
    String name = index == 0 ? string(block) : field(index).name();
    return new Field(name, string(block));
  }

  private void remember(Field field) {
    tableBytes += field.bytes();
    table.addFirst(field);
    evict();
  }

  private void evict() {
    while (tableBytes > tableLimit && !table.isEmpty()) {
      tableBytes -= table.removeLast().bytes();
    }
  }

  private void resize(int limit, boolean first) throws Http2Exception {
    if (!first || limit > TABLE_BYTES_MAX) {
      throw bad("a table size that is not allowed");
    }
    tableLimit = limit;
    evict();
  }

  private static int integer(ByteBuffer block, int prefix) throws Http2Exception {
    int mask = (1 << prefix) - 1;
    int value = next(block) & mask;
    if (value < mask) {
      return value;
    }
    for (int shift = 0; shift <= 21; shift += 7) {
      int b = next(block);
      value += (b & 0x7f) << shift;
      if (value > INTEGER_MAX) {
        break;
      }
      if ((b & 0x80) == 0) {
        return value;
      }
    }
    throw bad("a number that is too large");
  }

  private static int next(ByteBuffer block) throws Http2Exception {
    if (!block.hasRemaining()) {
      throw bad("a block that ends too early");
    }
    return block.get() & 0xff;
  }

  private static String string(ByteBuffer block) throws Http2Exception {
    boolean huffman = block.hasRemaining() && block.get(block.position()) < 0;
    int length = integer(block, 7);
    if (length > block.remaining()) {
      throw bad("a text that ends too early");
    }
    if (huffman) {
      return huffman(block, length);
    }
    byte[] text = new byte[length];
    block.get(text);
    return new String(text, ISO_8859_1);
  }

  private static String huffman(ByteBuffer block, int length) throws Http2Exception {
    StringBuilder text = new StringBuilder(length * 2);
    try {
      HPackHuffman.decode(block.slice(block.position(), length), length, text);
    } catch (HpackException e) {
      throw bad("a text that is no Huffman code");
    }
    block.position(block.position() + length);
    for (int i = 0; i < text.length(); i++) {
      text.setCharAt(i, (char) (text.charAt(i) & 0xff));
    }
    return text.toString();
  }

  private static Http2Exception bad(String what) {
    return new Http2Exception(Http2Error.COMPRESSION_ERROR, what);
  }
}
