package wagi.http;

import java.util.List;
import java.util.stream.Stream;

/** The fields that every HTTP/2 connection knows from the start (RFC 7541, appendix A). */
final class HpackTable {
  private static final int FIELD_OVERHEAD = 32;

  /** A header field as it stands in a header block. */
  record Field(String name, String value) {
    /** As RFC 7541 4.1 counts. */
    int bytes() {
      return name.length() + value.length() + FIELD_OVERHEAD;
    }
  }

  static final List<Field> FIXED =
      Stream.of(
              ":authority",
              ":method GET",
              ":method POST",
              ":path /",
              ":path /index.html",
              ":scheme http",
              ":scheme https",
              ":status 200",
              ":status 204",
              ":status 206",
              ":status 304",
              ":status 400",
              ":status 404",
              ":status 500",
              "accept-charset",
              "accept-encoding gzip, deflate",
              "accept-language",
              "accept-ranges",
              "accept",
              "access-control-allow-origin",
              "age",
              "allow",
              "authorization",
              "cache-control",
              "content-disposition",
              "content-encoding",
              "content-language",
              "content-length",
              "content-location",
              "content-range",
              "content-type",
              "cookie",
              "date",
              "etag",
              "expect",
              "expires",
              "from",
              "host",
              "if-match",
              "if-modified-since",
              "if-none-match",
              "if-range",
              "if-unmodified-since",
              "last-modified",
              "link",
              "location",
              "max-forwards",
              "proxy-authenticate",
              "proxy-authorization",
              "range",
              "referer",
              "refresh",
              "retry-after",
              "server",
              "set-cookie",
              "strict-transport-security",
              "transfer-encoding",
              "user-agent",
              "vary",
              "via",
              "www-authenticate")
          .map(HpackTable::field)
          .toList();

  private HpackTable() {}

  private static Field field(String text) {
    int space = text.indexOf(' ');
    return space < 0
        ? new Field(text, "")
        : new Field(text.substring(0, space), text.substring(space + 1));
  }
}
