package wagi.http.tls;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * A certificate with its chain and its key, which belong together.
 *
 * @param names DNS names in lower case, some beginning with {@code *.}
 */
record ServerCertificate(List<X509Certificate> chain, PrivateKey key, List<String> names) {
  private static final int DNS_NAME = 2;

  static ServerCertificate of(TlsFiles.Pair files, List<X509Certificate> chain, PrivateKey key)
      throws TlsFileException {
    checkBelongs(files, chain, key);
    return new ServerCertificate(chain, key, names(files.chain(), chain.getFirst()));
  }

  X509Certificate leaf() {
    return chain.getFirst();
  }

  String keyAlgorithm() {
    return leaf().getPublicKey().getAlgorithm();
  }

  /** Whether a client that asks for this name is answered with this certificate. */
  boolean isFor(String host) {
    String lower = host.toLowerCase(Locale.ROOT);
    int dot = lower.indexOf('.');
    return names.contains(lower) || (dot > 0 && names.contains("*" + lower.substring(dot)));
  }

  private static List<String> names(Path file, X509Certificate leaf) throws TlsFileException {
    List<String> names = new ArrayList<>();
    try {
      Collection<List<?>> alternatives = leaf.getSubjectAlternativeNames();
      for (List<?> name : alternatives == null ? List.<List<?>>of() : alternatives) {
        if (name.get(0) instanceof Integer type
            && type == DNS_NAME
            && name.get(1) instanceof String text) {
          names.add(text.toLowerCase(Locale.ROOT));
        }
      }
    } catch (CertificateParsingException e) {
      throw new TlsFileException(file, "the names of the certificate cannot be read");
    }
    return List.copyOf(names);
  }

  private static void checkBelongs(TlsFiles.Pair files, List<X509Certificate> chain, PrivateKey key)
      throws TlsFileException {
    if (fits(chain.getFirst().getPublicKey(), key)) {
      return;
    }
    for (X509Certificate other : chain) {
      if (fits(other.getPublicKey(), key)) {
        throw new TlsFileException(
            files.chain(),
            "the certificate of the key stands behind others; put the server's own certificate"
                + " first and its issuers after it");
      }
    }
    throw new TlsFileException(
        files.key(),
        "the private key does not belong to the certificate in "
            + files.chain()
            + ", which is of "
            + chain.getFirst().getSubjectX500Principal()
            + "; give the key that the certificate was requested with");
  }

  /** Whether the public key verifies what the private one signs. */
  private static boolean fits(PublicKey open, PrivateKey key) {
    byte[] challenge = new byte[32];
    new SecureRandom().nextBytes(challenge);
    try {
      Signature signer = signature(key.getAlgorithm());
      signer.initSign(key);
      signer.update(challenge);
      byte[] signed = signer.sign();
      Signature verifier = signature(key.getAlgorithm());
      verifier.initVerify(open);
      verifier.update(challenge);
      return verifier.verify(signed);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static Signature signature(String algorithm) throws GeneralSecurityException {
    return switch (algorithm) {
      case "RSA" -> Signature.getInstance("SHA256withRSA");
      case "EC" -> Signature.getInstance("SHA256withECDSA");
      case "RSASSA-PSS" -> {
        Signature pss = Signature.getInstance("RSASSA-PSS");
        pss.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
        yield pss;
      }
      default -> Signature.getInstance("EdDSA");
    };
  }
}
