package wagi.http.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the files once, so that what is checked is what is used. */
final class TlsLoading {
  private static final Logger LOG = LoggerFactory.getLogger(TlsLoading.class);
  private static final int FILE_BYTES_MAX = 1 << 20;

  private final TlsFiles files;
  private final Map<Path, byte[]> contents = new LinkedHashMap<>();

  private TlsLoading(TlsFiles files) {
    this.files = files;
  }

  /** Reads all files; nothing is made of them yet. */
  static TlsLoading read(TlsFiles files) throws TlsFileException {
    TlsLoading loading = new TlsLoading(files);
    for (Path file : files.all()) {
      loading.contents.put(file, bytes(file));
    }
    return loading;
  }

  private static byte[] bytes(Path file) throws TlsFileException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(FILE_BYTES_MAX + 1);
      if (bytes.length > FILE_BYTES_MAX) {
        throw new TlsFileException(file, "is larger than 1 MiB, the most such a file may be");
      }
      return bytes;
    } catch (NoSuchFileException e) {
      throw new TlsFileException(file, "no such file");
    } catch (AccessDeniedException e) {
      throw new TlsFileException(file, "the server may not read it; check its owner and mode");
    } catch (IOException e) {
      throw new TlsFileException(file, "cannot be read: " + e.getMessage());
    }
  }

  /** Tells these contents from others. */
  String fingerprint() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      contents.values().forEach(bytes -> digest.update(digest(bytes)));
      return HexFormat.of().formatHex(digest.digest());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static byte[] digest(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  SSLContext context() throws TlsFileException {
    List<ServerCertificate> certificates = new ArrayList<>();
    for (TlsFiles.Pair pair : files.certificates()) {
      List<X509Certificate> chain = certificates(pair.chain());
      warnOfDates(pair.chain(), chain.getFirst());
      PrivateKey key =
          PrivateKeys.read(pair.key(), blocks(pair.key()), chain.getFirst().getPublicKey());
      certificates.add(ServerCertificate.of(pair, chain, key));
    }
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(new KeyManager[] {new ServerKeys(certificates)}, trust(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new TlsFileException(files.all().getFirst(), "TLS cannot be set up: " + e.getMessage());
    }
  }

  private List<Pem> blocks(Path file) throws TlsFileException {
    return Pem.parse(file, contents.getOrDefault(file, new byte[0]));
  }

  private List<X509Certificate> certificates(Path file) throws TlsFileException {
    List<X509Certificate> found = new ArrayList<>();
    for (Pem block : blocks(file)) {
      if (block.label().equals("CERTIFICATE") || block.label().equals("TRUSTED CERTIFICATE")) {
        found.add(certificate(file, block));
      }
    }
    if (found.isEmpty()) {
      throw new TlsFileException(file, "expected a block CERTIFICATE, found none; is it the key?");
    }
    return found;
  }

  private static X509Certificate certificate(Path file, Pem block) throws TlsFileException {
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      var in = new ByteArrayInputStream(block.der());
      if (factory.generateCertificate(in) instanceof X509Certificate certificate) {
        return certificate;
      }
    } catch (CertificateException e) {
      // Said below.
    }
    throw new TlsFileException(file, "a block CERTIFICATE holds no X.509 certificate");
  }

  private static void warnOfDates(Path file, X509Certificate leaf) {
    Instant now = Instant.now();
    if (leaf.getNotAfter().toInstant().isBefore(now)) {
      LOG.warn("{}: the certificate ended on {}; renew it", file, leaf.getNotAfter().toInstant());
    } else if (leaf.getNotBefore().toInstant().isAfter(now)) {
      LOG.warn("{}: the certificate begins on {}", file, leaf.getNotBefore().toInstant());
    }
  }

  private TrustManager @Nullable [] trust() throws TlsFileException, GeneralSecurityException {
    Path file = files.clientAuthorities();
    if (file == null) {
      return new TrustManager[0];
    }
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      int number = 0;
      for (X509Certificate authority : certificates(file)) {
        store.setCertificateEntry(Integer.toString(number++), authority);
      }
      TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
      factory.init(store);
      return factory.getTrustManagers();
    } catch (IOException e) {
      throw new IllegalStateException("an empty key store", e);
    }
  }
}
