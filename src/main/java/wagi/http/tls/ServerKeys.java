package wagi.http.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the certificate by the name the client asks for (SNI). An alias is a certificate's place
 * in the list.
 */
final class ServerKeys extends X509ExtendedKeyManager {
  private final List<ServerCertificate> certificates;

  ServerKeys(List<ServerCertificate> certificates) {
    this.certificates = List.copyOf(certificates);
  }

  @Override
  public @Nullable String chooseEngineServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
    String host = host(engine);
    int fallback = -1;
    for (int i = 0; i < certificates.size(); i++) {
      ServerCertificate certificate = certificates.get(i);
      if (!certificate.keyAlgorithm().equals(keyType)) {
        continue;
      }
      if (host != null && certificate.isFor(host)) {
        return Integer.toString(i);
      }
      if (fallback < 0) {
        fallback = i;
      }
    }
    // A certificate of another key type may be for this name: let the handshake come to its type.
    boolean better = host != null && certificates.stream().anyMatch(one -> one.isFor(host));
    if (fallback < 0 || better) {
      return null;
    }
    String standard = certificates.getFirst().keyAlgorithm();
    return standard.equals(keyType) ? Integer.toString(fallback) : null;
  }

  private static @Nullable String host(@Nullable SSLEngine engine) {
    if (engine == null || !(engine.getHandshakeSession() instanceof ExtendedSSLSession session)) {
      return null;
    }
    for (SNIServerName name : session.getRequestedServerNames()) {
      if (name instanceof SNIHostName host) {
        return host.getAsciiName();
      }
    }
    return null;
  }

  private ServerCertificate certificate(String alias) {
    return certificates.get(Integer.parseInt(alias));
  }

  @Override
  public X509Certificate[] getCertificateChain(String alias) {
    return certificate(alias).chain().toArray(new X509Certificate[0]);
  }

  @Override
  public PrivateKey getPrivateKey(String alias) {
    return certificate(alias).key();
  }

  @Override
  public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
    return null;
  }

  @Override
  public @Nullable String chooseServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return null;
  }

  @Override
  public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
    return null;
  }

  @Override
  public @Nullable String chooseClientAlias(
      String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return null;
  }
}
