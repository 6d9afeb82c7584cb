package wagi.cgi;

import java.util.Arrays;
import wagi.cgi.CgiResponse.Defect;
import wagi.cgi.CgiResponse.Malformed;

/**
 * Reads a guest's output up to the end of its header block, in whatever pieces it comes.
 *
 * <p>The block ends at an empty line; a line may end with CR LF. One empty line before the block is
 * allowed, as in WAGI.
 */
public final class CgiOutput {
  private static final CgiResponse COLLECTING = new CgiResponse.Collecting();

  private final int limitBytes;
  private byte[] block = new byte[0];
  private int used;

  /** The byte before, CRs aside. */
  private byte last;

  private boolean done;

  /**
   * Waits for the first byte.
   *
   * @param limitBytes for the header block with its empty line
   */
  public CgiOutput(int limitBytes) {
    this.limitBytes = limitBytes;
  }

  /** Reads a piece; the array is not kept. Not to be called after a head or a malformed block. */
  public CgiResponse feed(byte[] bytes, int offset, int length) {
    checkNotDone();
    int within = Math.min(length, limitBytes - used);
    int end = endOfBlock(bytes, offset, offset + within);
    if (end < 0 && within < length) {
      return tooLong();
    }
    if (end < 0) {
      keep(bytes, offset, length);
      return COLLECTING;
    }
    done = true;
    if (used == 0) {
      return HeaderBlock.parse(bytes, offset, end).toResponse(end);
    }
    keep(bytes, offset, end - offset);
    return HeaderBlock.parse(block, 0, used).toResponse(end);
  }

  /** Says what an output was that ended before its header block did. */
  public CgiResponse finish() {
    checkNotDone();
    done = true;
    if (used == 0) {
      return new Malformed(Defect.NO_OUTPUT, "the guest printed nothing");
    }
    // A redirect's author may forget the empty line. But a line that is cut, or is no header field,
    // says that this is something else.
    if (last == '\n'
        && HeaderBlock.parse(block, 0, used).toResponse(0) instanceof CgiResponse.Head head
        && head.ignored().isEmpty()) {
      return head;
    }
    return new Malformed(
        Defect.NO_HEADER_BLOCK,
        "the output must begin with header lines and an empty line, found "
            + Quote.of(block, 0, used));
  }

  private void checkNotDone() {
    if (done) {
      throw new IllegalStateException("the header block has ended");
    }
  }

  /** Returns the index after the empty line, or -1. */
  private int endOfBlock(byte[] bytes, int from, int to) {
    byte before = last;
    for (int i = from; i < to; i++) {
      byte b = bytes[i];
      if (b == '\n' && before == '\n') {
        return i + 1;
      }
      before = b == '\r' ? before : b;
    }
    last = before;
    return -1;
  }

  private void keep(byte[] bytes, int offset, int length) {
    if (used + length > block.length) {
      long capacity = Math.max(128L, 2L * (used + length));
      block = Arrays.copyOf(block, (int) Math.min(limitBytes, capacity));
    }
    System.arraycopy(bytes, offset, block, used, length);
    used += length;
  }

  private CgiResponse tooLong() {
    done = true;
    return new Malformed(
        Defect.BLOCK_TOO_LONG,
        "the header block must not be longer than "
            + limitBytes
            + " bytes; is the empty line after it missing? limits.output_header raises it");
  }
}
