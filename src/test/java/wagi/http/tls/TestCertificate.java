package wagi.http.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/** A certificate made for a test, valid around now, with its key. */
public record TestCertificate(X509Certificate certificate, KeyPair keys) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final int BIT_STRING = 0x03;
  private static final int GENERALIZED_TIME = 0x18;
  private static final int VERSION = 0xa0;
  private static final int EXTENSIONS = 0xa3;
  private static final int DNS_NAME = 0x82;
  private static final int IP_ADDRESS = 0x87;
  private static final byte[] TRUE = {1, 1, (byte) 0xff};

  /** An authority that signs itself. */
  public static TestCertificate authority(String name) {
    KeyPair keys = ec();
    return new TestCertificate(
        build(name, keys, null, extension(19, true, Der.of(Der.SEQUENCE, TRUE))), keys);
  }

  /** A certificate for these names and 127.0.0.1, that signs itself. */
  public static TestCertificate selfSigned(KeyPair keys, String... names) {
    return new TestCertificate(build("CN=" + names[0], keys, null, names(names)), keys);
  }

  public TestCertificate issue(KeyPair keys, String subject, String... names) {
    return new TestCertificate(build(subject, keys, this, names(names)), keys);
  }

  public static KeyPair ec() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  public static KeyPair keys(String algorithm) {
    try {
      return KeyPairGenerator.getInstance(algorithm).generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static X509Certificate build(
      String subject, KeyPair keys, @Nullable TestCertificate issuer, byte[] extensions) {
    KeyPair signing = issuer == null ? keys : issuer.keys();
    X500Principal name = new X500Principal(subject);
    X500Principal from = issuer == null ? name : issuer.certificate().getSubjectX500Principal();
    byte[] algorithm = algorithm(signing);
    byte[] tbs =
        Der.of(
            Der.SEQUENCE,
            Der.of(VERSION, Der.of(Der.INTEGER, new byte[] {2})),
            Der.of(Der.INTEGER, new BigInteger(63, new SecureRandom()).toByteArray()),
            algorithm,
            from.getEncoded(),
            Der.of(Der.SEQUENCE, time(Duration.ofDays(-1)), time(Duration.ofDays(2))),
            name.getEncoded(),
            keys.getPublic().getEncoded(),
            Der.of(EXTENSIONS, Der.of(Der.SEQUENCE, extensions)));
    try {
      Signature signature = Signature.getInstance(signatureName(signing));
      signature.initSign(signing.getPrivate());
      signature.update(tbs);
      byte[] bits = Der.of(BIT_STRING, new byte[] {0}, signature.sign());
      byte[] whole = Der.of(Der.SEQUENCE, tbs, algorithm, bits);
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(whole));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] time(Duration fromNow) {
    String text = TIME.format(Instant.now().plus(fromNow));
    return Der.of(GENERALIZED_TIME, text.getBytes(US_ASCII));
  }

  private static String signatureName(KeyPair keys) {
    return switch (keys.getPrivate().getAlgorithm()) {
      case "RSA" -> "SHA256withRSA";
      case "EC" -> "SHA256withECDSA";
      default -> "EdDSA";
    };
  }

  private static byte[] algorithm(KeyPair keys) {
    return switch (keys.getPrivate().getAlgorithm()) {
      case "RSA" ->
          Der.of(
              Der.SEQUENCE,
              new byte[] {6, 9, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 13, 1, 1, 11},
              new byte[] {5, 0});
      case "EC" ->
          Der.of(
              Der.SEQUENCE, new byte[] {6, 8, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 4, 3, 2});
      default -> Der.of(Der.SEQUENCE, new byte[] {6, 3, 0x2b, 0x65, 0x70});
    };
  }

  private static byte[] names(String... names) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (String name : names) {
      all.writeBytes(Der.of(DNS_NAME, name.getBytes(US_ASCII)));
    }
    all.writeBytes(Der.of(IP_ADDRESS, new byte[] {127, 0, 0, 1}));
    return extension(17, false, Der.of(Der.SEQUENCE, all.toByteArray()));
  }

  private static byte[] extension(int id, boolean critical, byte[] value) {
    return Der.of(
        Der.SEQUENCE,
        new byte[] {6, 3, 0x55, 0x1d, (byte) id},
        critical ? TRUE : new byte[0],
        Der.of(Der.OCTET_STRING, value));
  }

  public String pem() {
    return pem("CERTIFICATE", certificateBytes());
  }

  private byte[] certificateBytes() {
    try {
      return certificate.getEncoded();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** The key as PKCS#8. */
  public String keyPem() {
    return pem("PRIVATE KEY", keys.getPrivate().getEncoded());
  }

  /** What PKCS#8 wraps: PKCS#1 of an RSA key, SEC1 of an EC key. */
  byte[] bareKey() {
    ByteBuffer whole = content(ByteBuffer.wrap(keys.getPrivate().getEncoded()), Der.SEQUENCE);
    content(whole, Der.INTEGER);
    content(whole, Der.SEQUENCE);
    return Der.bytes(content(whole, Der.OCTET_STRING));
  }

  static ByteBuffer content(ByteBuffer from, int tag) {
    return Objects.requireNonNull(Der.next(from, tag));
  }

  static String pem(String label, byte[] der) {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n";
  }

  /** Writes both files. */
  public TlsFiles.Pair in(Path directory, String name) throws IOException {
    return new TlsFiles.Pair(
        Files.writeString(directory.resolve(name + ".pem"), pem()),
        Files.writeString(directory.resolve(name + ".key"), keyPem()));
  }

  public Tls tls(Path directory) throws Exception {
    return Tls.of(new TlsFiles(List.of(in(directory, "server")), null));
  }

  /** A client's context that trusts this certificate alone. */
  public SSLContext trusting() {
    return trusting(null);
  }

  /**
   * A client's context that trusts this certificate alone, and has one of its own.
   *
   * @param own what the client shows if it is asked for it
   */
  public SSLContext trusting(@Nullable TestCertificate own) {
    try {
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      trusted.setCertificateEntry("trusted", certificate);
      TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(own == null ? null : own.keyManagers(), trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new AssertionError(e);
    }
  }

  private KeyManager[] keyManagers() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    char[] password = new char[0];
    store.setKeyEntry("own", keys.getPrivate(), password, new X509Certificate[] {certificate});
    KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
    factory.init(store, password);
    return factory.getKeyManagers();
  }
}
