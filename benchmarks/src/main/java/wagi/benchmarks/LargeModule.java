package wagi.benchmarks;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Makes a real module large: appends functions with loops, loads, stores, switches and calls to a
 * small one, which answers as before. The same seed gives the same bytes, another gives others.
 *
 * <pre>
 *   LargeModule BASE.wasm DIRECTORY COUNT CODE_BYTES    writes large-1.wasm … large-COUNT.wasm
 * </pre>
 */
public final class LargeModule {
  private static final int TYPE = 1;
  private static final int IMPORT = 2;
  private static final int FUNCTION = 3;
  private static final int CODE = 10;
  private static final int HEADER_BYTES = 8;

  private record Section(int id, byte[] content) {}

  private LargeModule() {}

  public static void main(String[] arguments) throws IOException {
    byte[] base = Files.readAllBytes(Path.of(arguments[0]));
    Path directory = Files.createDirectories(Path.of(arguments[1]));
    write(base, directory, Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]));
  }

  /** Writes modules of increasing seed and returns their paths. */
  public static List<Path> write(byte[] base, Path directory, int count, int codeBytes)
      throws IOException {
    List<Path> paths = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      Path path = directory.resolve("large-" + i + ".wasm");
      Files.write(path, grown(base, codeBytes, i));
      paths.add(path);
    }
    return paths;
  }

  static byte[] grown(byte[] base, int codeBytes, long seed) {
    List<Section> sections = sections(base);
    int type = (int) count(content(sections, TYPE));
    int functions = importedFunctions(content(sections, IMPORT));
    functions += (int) count(content(sections, FUNCTION));

    List<byte[]> bodies = new ArrayList<>();
    FunctionBody body = new FunctionBody(new Random(seed), functions);
    for (int bytes = 0; bytes < codeBytes; bytes += bodies.getLast().length) {
      bodies.add(body.next());
    }
    byte[] binary = {0x60, 2, 0x7f, 0x7f, 1, 0x7f}; // (i32, i32) -> i32
    byte[] typeIndex = leb(type);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(base, 0, HEADER_BYTES);
    for (Section section : sections) {
      byte[] content =
          switch (section.id()) {
            case TYPE -> appended(section.content(), List.of(binary));
            case FUNCTION ->
                appended(section.content(), bodies.stream().map(b -> typeIndex).toList());
            case CODE -> appended(section.content(), bodies);
            default -> section.content();
          };
      out.write(section.id());
      out.writeBytes(leb(content.length));
      out.writeBytes(content);
    }
    return out.toByteArray();
  }

  private static List<Section> sections(byte[] wasm) {
    List<Section> sections = new ArrayList<>();
    for (int at = HEADER_BYTES; at < wasm.length; ) {
      int id = wasm[at++];
      int size = (int) readLeb(wasm, at);
      at += lebBytes(wasm, at);
      byte[] content = new byte[size];
      System.arraycopy(wasm, at, content, 0, size);
      sections.add(new Section(id, content));
      at += size;
    }
    return sections;
  }

  private static byte[] content(List<Section> sections, int id) {
    return sections.stream()
        .filter(section -> section.id() == id)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("the module has no section " + id))
        .content();
  }

  /** Adds entries to a section that is a vector: its count, then its entries. */
  private static byte[] appended(byte[] vector, List<byte[]> entries) {
    int old = lebBytes(vector, 0);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(leb((int) count(vector) + entries.size()));
    out.write(vector, old, vector.length - old);
    entries.forEach(out::writeBytes);
    return out.toByteArray();
  }

  private static long count(byte[] vector) {
    return readLeb(vector, 0);
  }

  /** Counts them; a WAGI module imports nothing else. */
  private static int importedFunctions(byte[] imports) {
    return (int) count(imports);
  }

  private static long readLeb(byte[] bytes, int at) {
    long value = 0;
    for (int i = 0; i < lebBytes(bytes, at); i++) {
      value |= (long) (bytes[at + i] & 0x7f) << (7 * i);
    }
    return value;
  }

  private static int lebBytes(byte[] bytes, int at) {
    int end = at;
    while (bytes[end] < 0) {
      end++;
    }
    return end + 1 - at;
  }

  static byte[] leb(int value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int rest = value;
    while (rest > 0x7f) {
      out.write(rest & 0x7f | 0x80);
      rest >>>= 7;
    }
    out.write(rest);
    return out.toByteArray();
  }
}
