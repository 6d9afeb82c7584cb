package wagi.http;

import java.nio.ByteBuffer;

/**
 * Takes the chunks out of a chunked body, strictly.
 *
 * <pre>
 * size [;extension] CR LF  data CR LF   any number of times
 * 0 [;extension] CR LF  trailer lines  CR LF
 * </pre>
 *
 * Extensions and trailers are read past, within a limit.
 */
final class ChunkedDecoder {
  private static final int LINES_BYTES_MAX = 32 * 1024;
  private static final int SIZE_DIGITS_MAX = 15;

  private enum State {
    SIZE,
    EXTENSION,
    SIZE_LF,
    DATA,
    DATA_CR,
    DATA_LF,
    TRAILER,
    TRAILER_LF,
    DONE
  }

  private State state = State.SIZE;
  private long size;
  private int digits;
  private int trailerBytes;
  private int lineBytes;

  boolean done() {
    return state == State.DONE;
  }

  /**
   * Consumes framing up to the next data.
   *
   * @param most how many bytes of data the caller can take
   * @return how many of the buffer's next bytes are data, which the caller takes all; 0 when the
   *     buffer is used up or the body is done
   */
  int next(ByteBuffer buffer, int most) throws RefusedException {
    while (state != State.DATA && state != State.DONE && buffer.hasRemaining()) {
      step(buffer.get());
    }
    if (state != State.DATA) {
      return 0;
    }
    int count = (int) Math.min(size, Math.min(most, buffer.remaining()));
    size -= count;
    if (size == 0) {
      state = State.DATA_CR;
    }
    return count;
  }

  private void step(byte b) throws RefusedException {
    switch (state) {
      case SIZE -> size(b);
      case EXTENSION -> extension(b);
      case SIZE_LF -> sizeEnd(b);
      case DATA_CR -> state = expect(b, '\r', State.DATA_LF);
      case DATA_LF -> state = expect(b, '\n', State.SIZE);
      case TRAILER -> trailer(b);
      case TRAILER_LF -> trailerEnd(b);
      case DATA, DONE -> throw new IllegalStateException("no framing in " + state);
    }
  }

  private void size(byte b) throws RefusedException {
    int digit = b < 0 ? -1 : Character.digit(b, 16);
    if (digit >= 0) {
      if (++digits > SIZE_DIGITS_MAX) {
        throw malformed();
      }
      size = size * 16 + digit;
      return;
    }
    if (digits == 0) {
      throw malformed();
    }
    state =
        switch (b) {
          case '\r' -> State.SIZE_LF;
          case ';', ' ', '\t' -> State.EXTENSION;
          default -> throw malformed();
        };
  }

  private void extension(byte b) throws RefusedException {
    countLine();
    if (b == '\n') {
      throw malformed();
    }
    if (b == '\r') {
      state = State.SIZE_LF;
    }
  }

  private void sizeEnd(byte b) throws RefusedException {
    state = expect(b, '\n', size == 0 ? State.TRAILER : State.DATA);
    digits = 0;
  }

  private void trailer(byte b) throws RefusedException {
    countLine();
    if (b == '\n') {
      throw malformed();
    }
    if (b == '\r') {
      state = State.TRAILER_LF;
      return;
    }
    trailerBytes++;
  }

  private void trailerEnd(byte b) throws RefusedException {
    state = expect(b, '\n', trailerBytes == 0 ? State.DONE : State.TRAILER);
    trailerBytes = 0;
  }

  private void countLine() throws RefusedException {
    if (++lineBytes > LINES_BYTES_MAX) {
      throw new RefusedException(400, "the chunked body has too many extensions or trailers");
    }
  }

  private static State expect(byte b, char wanted, State next) throws RefusedException {
    if (b != wanted) {
      throw malformed();
    }
    return next;
  }

  private static RefusedException malformed() {
    return new RefusedException(400, "the chunked body is malformed");
  }
}
