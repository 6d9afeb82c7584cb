package wagi.engine;

import java.io.IOException;
import java.io.InputStream;

/** Where a guest's standard input comes from; opened only if the guest reads it. */
@FunctionalInterface
public interface Input {
  Input EMPTY = InputStream::nullInputStream;

  InputStream open() throws IOException;
}
