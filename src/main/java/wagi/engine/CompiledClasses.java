package wagi.engine;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the compiler made of a module.
 *
 * @param mainClass the class that makes machines
 * @param classes class files by name, in the compiler's order, in arrays; names as the compiler
 *     gave them, with dots or slashes
 * @param interpretedFunctions indices of the functions too large for a class file
 * @param reuseObstacle why an instance cannot be used twice, or null if it can
 */
record CompiledClasses(
    String mainClass,
    SequencedMap<String, ByteBuffer> classes,
    SortedSet<Integer> interpretedFunctions,
    @Nullable String reuseObstacle) {
  private static final int MAGIC = 0x57434332;

  /** A name's two length bytes, one character, a class's four length bytes. */
  private static final int SMALLEST_CLASS = 7;

  CompiledClasses {
    classes = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(classes));
    interpretedFunctions = Collections.unmodifiableSortedSet(new TreeSet<>(interpretedFunctions));
  }

  byte[] toBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    try {
      out.writeInt(MAGIC);
      writeName(out, mainClass);
      out.writeInt(classes.size());
      for (var entry : classes.entrySet()) {
        writeName(out, entry.getKey());
        ByteBuffer classFile = entry.getValue();
        out.writeInt(classFile.remaining());
        out.write(
            classFile.array(),
            classFile.arrayOffset() + classFile.position(),
            classFile.remaining());
      }
      out.writeInt(interpretedFunctions.size());
      for (int function : interpretedFunctions) {
        out.writeInt(function);
      }
      writeText(out, reuseObstacle == null ? "" : reuseObstacle);
    } catch (IOException e) {
      throw new UncheckedIOException("an array in memory refused a write", e);
    }
    return bytes.toByteArray();
  }

  private static void writeName(DataOutputStream out, String name) throws IOException {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("the name of a class is empty");
    }
    writeText(out, name);
  }

  private static void writeText(DataOutputStream out, String text) throws IOException {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    if (utf8.length > 0xffff) {
      throw new IllegalArgumentException(
          "a text of " + utf8.length + " bytes, expected at most 65535");
    }
    out.writeShort(utf8.length);
    out.write(utf8);
  }

  /** Reads exactly what {@link #toBytes} wrote; every length is checked before it is believed. */
  static CompiledClasses fromBytes(byte[] bytes) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    if (number(in) != MAGIC) {
      throw new IOException("not compiled classes: they begin with other bytes");
    }
    CompiledClasses read = new CompiledClasses(name(in), classes(in), functions(in), obstacle(in));
    if (in.hasRemaining()) {
      throw new IOException("compiled classes are followed by " + in.remaining() + " bytes");
    }
    return read;
  }

  private static SequencedMap<String, ByteBuffer> classes(ByteBuffer in) throws IOException {
    int count = count(in, SMALLEST_CLASS);
    SequencedMap<String, ByteBuffer> classes = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      String name = name(in);
      if (classes.put(name, part(in, number(in))) != null) {
        throw new IOException("class " + name + " is there twice");
      }
    }
    return classes;
  }

  private static SortedSet<Integer> functions(ByteBuffer in) throws IOException {
    int count = count(in, Integer.BYTES);
    SortedSet<Integer> functions = new TreeSet<>();
    int last = -1;
    for (int i = 0; i < count; i++) {
      int function = number(in);
      if (function <= last) {
        throw new IOException("interpreted function " + function + " follows " + last);
      }
      functions.add(function);
      last = function;
    }
    return functions;
  }

  private static @Nullable String obstacle(ByteBuffer in) throws IOException {
    String obstacle = text(in);
    return obstacle.isEmpty() ? null : obstacle;
  }

  private static String name(ByteBuffer in) throws IOException {
    String name = text(in);
    if (name.isEmpty()) {
      throw new IOException("the name of a class is empty");
    }
    return name;
  }

  private static String text(ByteBuffer in) throws IOException {
    int length = Short.toUnsignedInt(wanted(in, Short.BYTES).getShort());
    return StandardCharsets.UTF_8.newDecoder().decode(part(in, length)).toString();
  }

  private static int count(ByteBuffer in, int smallest) throws IOException {
    int count = number(in);
    if (count < 0 || count > in.remaining() / smallest) {
      throw new IOException("a count of " + count + " with " + in.remaining() + " bytes left");
    }
    return count;
  }

  private static int number(ByteBuffer in) throws IOException {
    return wanted(in, Integer.BYTES).getInt();
  }

  /** Returns a part of the same array: code is large, and copying it takes a part of a start. */
  private static ByteBuffer part(ByteBuffer in, int length) throws IOException {
    ByteBuffer part = wanted(in, length).slice(in.position(), length);
    in.position(in.position() + length);
    return part;
  }

  private static ByteBuffer wanted(ByteBuffer in, int length) throws IOException {
    if (length < 0 || length > in.remaining()) {
      throw new IOException("a length of " + length + " with " + in.remaining() + " bytes left");
    }
    return in;
  }
}
