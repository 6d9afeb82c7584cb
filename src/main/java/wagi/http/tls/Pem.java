package wagi.http.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One block of a PEM file (RFC 7468, and the older form with header lines).
 *
 * <pre>
 * -----BEGIN label-----
 * Name: value             only in the older form
 * base64
 * -----END label-----
 * </pre>
 */
final class Pem {
  private static final int BLOCKS_MAX = 1000;
  private static final Pattern BEGIN = Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,64})-----");
  private static final Pattern HEADER = Pattern.compile("(?m)^[A-Za-z0-9-]+:.*$");

  private final String label;
  private final byte[] der;
  private final boolean encrypted;

  private Pem(String label, byte[] der, boolean encrypted) {
    this.label = label;
    this.der = der;
    this.encrypted = encrypted;
  }

  String label() {
    return label;
  }

  byte[] der() {
    return der;
  }

  /** Whether the older form says so; then there is no other content. */
  boolean encrypted() {
    return encrypted;
  }

  /** Returns the blocks in their order; what stands between them does not count. */
  static List<Pem> parse(Path file, byte[] bytes) throws TlsFileException {
    String text = new String(bytes, ISO_8859_1);
    List<Pem> blocks = new ArrayList<>();
    Matcher begin = BEGIN.matcher(text);
    int from = 0;
    while (begin.find(from)) {
      String label = begin.group(1);
      String endLine = "-----END " + label + "-----";
      int end = text.indexOf(endLine, begin.end());
      if (end < 0) {
        throw new TlsFileException(file, "the block " + label + " has no END line");
      }
      if (blocks.size() == BLOCKS_MAX) {
        throw new TlsFileException(file, "more than " + BLOCKS_MAX + " PEM blocks");
      }
      blocks.add(block(file, label, text.substring(begin.end(), end)));
      from = end + endLine.length();
    }
    if (blocks.isEmpty()) {
      throw new TlsFileException(
          file,
          "expected a PEM file with lines such as -----BEGIN CERTIFICATE-----, found none; a DER or"
              + " PKCS#12 file must be converted, for example with openssl x509, pkcs8 or pkcs12");
    }
    return blocks;
  }

  private static Pem block(Path file, String label, String inside) throws TlsFileException {
    Matcher header = HEADER.matcher(inside);
    boolean encrypted = header.find() && inside.contains("ENCRYPTED");
    String base64 = header.replaceAll("").replaceAll("\\s", "");
    try {
      byte[] der = encrypted ? new byte[0] : Base64.getDecoder().decode(base64);
      return new Pem(label, der, encrypted);
    } catch (IllegalArgumentException e) {
      throw new TlsFileException(file, "the block " + label + " is not base64");
    }
  }
}
