package wagi.http.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TlsFilesTest {
  private static final KeyPair RSA = TestCertificate.keys("RSA");
  private static final TestCertificate WITH_RSA = TestCertificate.selfSigned(RSA, "a.example");
  private static final TestCertificate WITH_EC =
      TestCertificate.selfSigned(TestCertificate.ec(), "a.example");

  @TempDir private Path directory = Path.of("");

  private Tls tls(String chain, String key) throws IOException, TlsFileException {
    Path chainFile = Files.writeString(directory.resolve("chain.pem"), chain);
    Path keyFile = Files.writeString(directory.resolve("key.pem"), key);
    return Tls.of(new TlsFiles(List.of(new TlsFiles.Pair(chainFile, keyFile)), null));
  }

  private String problem(String chain, String key) {
    TlsFileException e = assertThrows(TlsFileException.class, () -> tls(chain, key));
    return String.valueOf(e.getMessage()).replace(directory + "/", "");
  }

  @Test
  void pkcs8IsReadForEveryAlgorithm() throws Exception {
    for (TestCertificate one :
        List.of(
            WITH_RSA,
            WITH_EC,
            TestCertificate.selfSigned(TestCertificate.keys("Ed25519"), "a.example"))) {
      assertNotNull(tls(one.pem(), one.keyPem()).engine());
    }
  }

  @Test
  void pkcs1IsRead() throws Exception {
    String key = TestCertificate.pem("RSA PRIVATE KEY", WITH_RSA.bareKey());
    assertNotNull(tls(WITH_RSA.pem(), key));
  }

  @Test
  void sec1IsReadWithItsCurveOrWithThatOfTheCertificate() throws Exception {
    // As openssl ecparam -genkey writes it; the JDK's own PKCS#8 leaves the curve out inside.
    byte[] curve = {6, 8, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 3, 1, 7};
    byte[] bare = WITH_EC.bareKey();
    String parameters = TestCertificate.pem("EC PARAMETERS", curve);
    String key = TestCertificate.pem("EC PRIVATE KEY", bare);
    assertNotNull(tls(WITH_EC.pem(), key));
    assertNotNull(tls(WITH_EC.pem(), parameters + key));
    var inside = TestCertificate.content(ByteBuffer.wrap(bare), Der.SEQUENCE);
    byte[] named =
        Der.of(Der.SEQUENCE, Arrays.copyOf(Der.bytes(inside), 37), Der.of(Der.PARAMETERS, curve));
    assertNotNull(tls(WITH_EC.pem(), TestCertificate.pem("EC PRIVATE KEY", named)));
  }

  @Test
  void certificateAndKeyMayShareAFileWithTextBetweenThem() throws Exception {
    String both = "subject=CN=a\n" + WITH_EC.keyPem() + "\nissuer=CN=a\n" + WITH_EC.pem();
    assertNotNull(tls(both, both));
  }

  @Test
  void encryptedKeyIsAProblemThatSaysHowToDecryptIt() {
    byte[] info = {0x30, 0};
    String expected =
        "key.pem: the private key is encrypted and there is nobody to ask for its password; decrypt"
            + " it with openssl pkey -in KEY -out NEW and keep the new file readable for the server"
            + " alone";
    assertEquals(
        expected, problem(WITH_RSA.pem(), TestCertificate.pem("ENCRYPTED PRIVATE KEY", info)));
    String old =
        """
        -----BEGIN RSA PRIVATE KEY-----
        Proc-Type: 4,ENCRYPTED
        DEK-Info: AES-128-CBC,00

        AAAA
        -----END RSA PRIVATE KEY-----
        """;
    assertEquals(expected, problem(WITH_RSA.pem(), old));
  }

  @Test
  void keyOfAnotherCertificateIsAProblem() {
    String expected =
        "key.pem: the private key does not belong to the certificate in chain.pem, which is of"
            + " CN=a.example; give the key that the certificate was requested with";
    assertEquals(expected, problem(WITH_RSA.pem(), WITH_EC.keyPem()));
    TestCertificate other = TestCertificate.selfSigned(TestCertificate.ec(), "b.example");
    assertEquals(expected, problem(WITH_EC.pem(), other.keyPem()));
  }

  @Test
  void certificateBehindItsIssuerIsAProblem() {
    TestCertificate authority = TestCertificate.authority("CN=ca");
    TestCertificate issued = authority.issue(TestCertificate.ec(), "CN=a", "a.example");
    assertTrue(
        problem(authority.pem() + issued.pem(), issued.keyPem())
            .startsWith("chain.pem: the certificate of the key stands behind others; put"));
  }

  @Test
  void chainWithItsIssuerIsRead() throws Exception {
    TestCertificate authority = TestCertificate.authority("CN=ca");
    TestCertificate issued = authority.issue(TestCertificate.ec(), "CN=a", "a.example");
    assertNotNull(tls(issued.pem() + authority.pem(), issued.keyPem()));
  }

  @Test
  void filesThatHoldSomethingElseAreProblems() {
    String key = WITH_EC.keyPem();
    String chain = WITH_EC.pem();
    assertEquals(
        "key.pem: expected a block PRIVATE KEY, RSA PRIVATE KEY or EC PRIVATE KEY, found"
            + " CERTIFICATE",
        problem(chain, chain));
    assertEquals(
        "chain.pem: expected a block CERTIFICATE, found none; is it the key?", problem(key, key));
    assertEquals("key.pem: expected one private key, found 2", problem(chain, key + key));
    assertTrue(problem("0\u0082", key).startsWith("chain.pem: expected a PEM file with lines"));
    assertEquals(
        "chain.pem: the block CERTIFICATE has no END line",
        problem(chain.substring(0, chain.length() - 20), key));
    assertEquals(
        "chain.pem: the block CERTIFICATE is not base64",
        problem(chain.replace("\nM", "\n!"), key));
    assertEquals(
        "chain.pem: a block CERTIFICATE holds no X.509 certificate",
        problem(TestCertificate.pem("CERTIFICATE", new byte[] {1, 2, 3}), key));
    assertTrue(
        problem(chain, TestCertificate.pem("PRIVATE KEY", new byte[] {1, 2}))
            .startsWith("key.pem: the private key cannot be read; expected RSA, EC"));
    assertEquals(
        "key.pem: the EC private key names no curve; convert it with openssl pkey -in KEY -out NEW",
        problem(WITH_RSA.pem(), TestCertificate.pem("EC PRIVATE KEY", new byte[] {1, 2})));
  }

  @Test
  void hugeAndMissingFilesAreProblems() {
    assertEquals(
        "chain.pem: is larger than 1 MiB, the most such a file may be",
        problem("#".repeat((1 << 20) + 1), ""));
    assertTrue(
        problem("-----BEGIN X-----\n-----END X-----\n".repeat(1001), "")
            .endsWith("chain.pem: more than 1000 PEM blocks"));
    TlsFiles missing =
        new TlsFiles(
            List.of(new TlsFiles.Pair(directory.resolve("no.pem"), directory.resolve("no.key"))),
            null);
    TlsFileException e = assertThrows(TlsFileException.class, () -> Tls.of(missing));
    assertEquals(directory.resolve("no.pem") + ": no such file", e.getMessage());
    assertEquals(directory.resolve("no.pem"), e.file());
  }

  @Test
  void badNewFilesLeaveTheOldInUse() throws Exception {
    Tls tls = tls(WITH_EC.pem(), WITH_EC.keyPem());
    Files.writeString(directory.resolve("key.pem"), WITH_RSA.keyPem());
    assertFalse(tls.reload());
    assertNotNull(tls.engine());
    Files.writeString(directory.resolve("chain.pem"), WITH_RSA.pem());
    assertTrue(tls.reload());
  }

  @Test
  void oldProtocolsAndSuitesAreOff() throws Exception {
    var engine = tls(WITH_EC.pem(), WITH_EC.keyPem()).engine("http/1.1");
    assertEquals(List.of("TLSv1.3", "TLSv1.2"), List.of(engine.getEnabledProtocols()));
    for (String suite : engine.getEnabledCipherSuites()) {
      assertTrue(suite.contains("GCM") || suite.contains("CHACHA20"), suite);
      assertTrue(suite.startsWith("TLS_ECDHE_") || !suite.contains("_WITH_"), suite);
    }
  }
}
