package wagi.http.tls;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the private key of a PEM file, in every form that is in use. */
final class PrivateKeys {
  private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA", "RSASSA-PSS");

  /** Version 0. */
  private static final byte[] VERSION = {Der.INTEGER, 1, 0};

  /** rsaEncryption, with the NULL that its parameters are. */
  private static final byte[] RSA = {
    6, 9, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 1, 1, 1, 5, 0
  };

  /** id-ecPublicKey. */
  private static final byte[] EC = {6, 7, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 2, 1};

  private PrivateKeys() {}

  /**
   * @param certified of the certificate, which names the curve where the key does not
   */
  static PrivateKey read(Path file, List<Pem> blocks, PublicKey certified) throws TlsFileException {
    List<byte[]> keys = new ArrayList<>();
    for (Pem block : blocks) {
      byte[] key = pkcs8(file, block, certified);
      if (key != null) {
        keys.add(key);
      }
    }
    if (keys.isEmpty()) {
      throw new TlsFileException(
          file,
          "expected a block PRIVATE KEY, RSA PRIVATE KEY or EC PRIVATE KEY, found "
              + blocks.getFirst().label());
    }
    if (keys.size() > 1) {
      throw new TlsFileException(file, "expected one private key, found " + keys.size());
    }
    return decode(file, keys.getFirst());
  }

  private static byte @Nullable [] pkcs8(Path file, Pem block, PublicKey certified)
      throws TlsFileException {
    if (block.label().equals("ENCRYPTED PRIVATE KEY")
        || (block.encrypted() && block.label().endsWith("PRIVATE KEY"))) {
      throw new TlsFileException(
          file,
          "the private key is encrypted and there is nobody to ask for its password; decrypt it"
              + " with openssl pkey -in KEY -out NEW and keep the new file readable for the server"
              + " alone");
    }
    return switch (block.label()) {
      case "PRIVATE KEY" -> block.der();
      case "RSA PRIVATE KEY" ->
          Der.of(
              Der.SEQUENCE,
              VERSION,
              Der.of(Der.SEQUENCE, RSA),
              Der.of(Der.OCTET_STRING, block.der()));
      case "EC PRIVATE KEY" ->
          Der.of(
              Der.SEQUENCE,
              VERSION,
              Der.of(Der.SEQUENCE, EC, curve(file, block.der(), certified)),
              Der.of(Der.OCTET_STRING, block.der()));
      default -> null;
    };
  }

  /**
   * Returns the curve's identifier.
   *
   * <pre>
   * ECPrivateKey ::= SEQUENCE { INTEGER 1, OCTET STRING, [0] curve OPTIONAL, [1] ... OPTIONAL }
   * SubjectPublicKeyInfo ::= SEQUENCE { SEQUENCE { algorithm, curve }, BIT STRING }
   * </pre>
   */
  private static byte[] curve(Path file, byte[] sec1, PublicKey certified) throws TlsFileException {
    ByteBuffer key = Der.next(ByteBuffer.wrap(sec1), Der.SEQUENCE);
    if (key != null
        && Der.next(key, Der.INTEGER) != null
        && Der.next(key, Der.OCTET_STRING) != null) {
      ByteBuffer parameters = Der.next(key, Der.PARAMETERS);
      ByteBuffer own = parameters == null ? null : Der.next(parameters, Der.OBJECT_IDENTIFIER);
      if (own != null) {
        return Der.of(Der.OBJECT_IDENTIFIER, Der.bytes(own));
      }
    }
    ByteBuffer info = Der.next(ByteBuffer.wrap(certified.getEncoded()), Der.SEQUENCE);
    ByteBuffer algorithm = info == null ? null : Der.next(info, Der.SEQUENCE);
    if (algorithm != null && Der.next(algorithm, Der.OBJECT_IDENTIFIER) != null) {
      ByteBuffer theirs = Der.next(algorithm, Der.OBJECT_IDENTIFIER);
      if (theirs != null) {
        return Der.of(Der.OBJECT_IDENTIFIER, Der.bytes(theirs));
      }
    }
    throw new TlsFileException(
        file, "the EC private key names no curve; convert it with openssl pkey -in KEY -out NEW");
  }

  private static PrivateKey decode(Path file, byte[] pkcs8) throws TlsFileException {
    for (String algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      } catch (InvalidKeySpecException e) {
        // It is of another algorithm.
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every JDK has " + algorithm, e);
      }
    }
    throw new TlsFileException(
        file, "the private key cannot be read; expected RSA, EC on a NIST curve, Ed25519 or Ed448");
  }
}
