package wagi.message;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A request body that has arrived whole. */
public interface Body {
  Body EMPTY = of(new byte[0]);

  long length();

  /** Opens the bytes from the start. The stream ends with the exchange, whoever still holds it. */
  InputStream open() throws IOException;

  static Body of(byte[] bytes) {
    return new Body() {
      @Override
      public long length() {
        return bytes.length;
      }

      @Override
      public InputStream open() {
        return new ByteArrayInputStream(bytes);
      }
    };
  }
}
