package wagi.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** The text of a configuration file: UTF-8, bounded, without a byte order mark. */
final class SourceText {
  static final int LARGEST_BYTES = 4 << 20;

  private SourceText() {}

  static String read(Path path, String name) throws ConfigException {
    if (Files.isDirectory(path)) {
      throw problem(Position.of(name), "is a directory, expected a file");
    }
    byte[] bytes;
    try (InputStream in = Files.newInputStream(path)) {
      bytes = in.readNBytes(LARGEST_BYTES + 1);
    } catch (NoSuchFileException e) {
      throw problem(Position.of(name), "no such file");
    } catch (IOException e) {
      throw problem(Position.of(name), "cannot be read: " + e.getMessage());
    }
    if (bytes.length > LARGEST_BYTES) {
      throw problem(
          Position.of(name), "is larger than 4 MiB, the most a configuration file may be");
    }
    String text = decode(bytes, name);
    return text.startsWith("\ufeff") ? text.substring(1) : text;
  }

  private static String decode(byte[] bytes, String name) throws ConfigException {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(in).toString();
    } catch (CharacterCodingException e) {
      throw problem(badByte(bytes, in.position(), name), "is not UTF-8; save the file as UTF-8");
    }
  }

  private static Position badByte(byte[] bytes, int offset, String name) {
    int line = 1;
    int column = 1;
    for (int i = 0; i < offset; i++) {
      if (bytes[i] == '\n') {
        line++;
        column = 1;
      } else if ((bytes[i] & 0xC0) != 0x80) {
        column++;
      }
    }
    return new Position(name, line, column);
  }

  private static ConfigException problem(Position at, String message) {
    return new ConfigException(List.of(new Problem(at, message)));
  }
}
