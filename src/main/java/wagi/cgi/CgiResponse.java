package wagi.cgi;

import java.util.List;
import wagi.message.Headers;

/** What a guest's output says, as far as it has been read. */
public sealed interface CgiResponse {
  /** The header block goes on. */
  record Collecting() implements CgiResponse {}

  /**
   * The header block has ended.
   *
   * @param headers in the guest's order and spelling, without those that are about the connection
   *     or the length of the body
   * @param contentLength what the guest said of its body, or -1: to be believed for HEAD alone
   * @param bodyStart index in the array of the last call where the body begins
   * @param ignored lines that are no header fields, the first few of them and cut short
   */
  record Head(int status, Headers headers, long contentLength, int bodyStart, List<String> ignored)
      implements CgiResponse {}

  /**
   * The output is no CGI response.
   *
   * @param sentence for the log: it quotes the guest
   */
  record Malformed(Defect defect, String sentence) implements CgiResponse {}

  /** What is wrong with an output. */
  enum Defect {
    NO_OUTPUT,
    NO_HEADER_BLOCK,
    NO_SUFFICIENT_FIELD,
    NOT_UTF8,
    BAD_STATUS,
    CONTROL_BYTE,
    REPEATED_FIELD,
    BLOCK_TOO_LONG,
    TOO_MANY_LINES
  }
}
