package wagi.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the {@code [server.tls]} table. That the files fit together is found when they are used.
 */
final class TlsReader {
  /** Certificates of one server: each is read and tried when it is loaded. */
  private static final int CERTIFICATES_MAX = 1000;

  private final Lookup lookup;
  private final Problems problems;

  TlsReader(Lookup lookup, Problems problems) {
    this.lookup = lookup;
    this.problems = problems;
  }

  @Nullable TlsSettings read(@Nullable Fields tls) {
    if (tls == null) {
      return null;
    }
    List<TlsSettings.Certificate> certificates = new ArrayList<>();
    add(certificates, tls);
    for (Fields more : more(tls)) {
      add(certificates, more);
    }
    return new TlsSettings(certificates, file(tls, "client_ca"), redirectFrom(tls));
  }

  private void add(List<TlsSettings.Certificate> certificates, Fields fields) {
    for (String key : List.of("cert", "key")) {
      if (!fields.has(key)) {
        fields.missing(key, "name the PEM file, for example " + key + " = \"" + key + ".pem\"");
      }
    }
    TlsSettings.Named chain = file(fields, "cert");
    TlsSettings.Named key = file(fields, "key");
    if (chain != null && key != null) {
      certificates.add(new TlsSettings.Certificate(chain, key));
    }
  }

  private List<Fields> more(Fields tls) {
    Node node = tls.node("sni");
    if (node == null) {
      return List.of();
    }
    if (!(node instanceof Node.Array array)) {
      tls.expected("sni", "an array of tables", node);
      return List.of();
    }
    if (array.items().size() > CERTIFICATES_MAX) {
      tls.error("sni", "more than " + CERTIFICATES_MAX + " certificates");
      return List.of();
    }
    List<Fields> tables = new ArrayList<>();
    for (Node item : array.items()) {
      if (item instanceof Node.Table table) {
        tables.add(new Fields(Section.TLS_SNI, table, problems));
      } else {
        tls.expected("sni", "a table", item);
      }
    }
    return tables;
  }

  private TlsSettings.@Nullable Named file(Fields fields, String key) {
    String text = fields.plainText(key);
    if (text == null) {
      return null;
    }
    Position at = fields.at(key);
    Lookup.Wanted wanted = new Lookup.Wanted(key, "file", false, Files::isRegularFile);
    Path file = lookup.find(new Node.Text(at, text), wanted, problems);
    return file == null ? null : new TlsSettings.Named(file, at);
  }

  private static @Nullable ListenAddress redirectFrom(Fields tls) {
    String text = tls.plainText("redirect_from");
    if (text == null) {
      return null;
    }
    ListenAddress address = ListenAddress.parse(text);
    if (address == null) {
      tls.error("redirect_from", ListenAddress.EXPECTED + ", found " + Quote.of(text));
    }
    return address;
  }
}
