package wagi.http.tls;

import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The TLS of listeners: versions, cipher suites, certificates. The certificates can be replaced
 * while connections go on with theirs.
 */
public final class Tls {
  private static final Logger LOG = LoggerFactory.getLogger(Tls.class);
  private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};

  /** With forward secrecy and authenticated encryption, so that HTTP/2 forbids none of them. */
  private static final List<String> SUITES =
      List.of(
          "TLS_AES_128_GCM_SHA256",
          "TLS_AES_256_GCM_SHA384",
          "TLS_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

  private final TlsFiles files;
  private final String[] suites;

  /** Guarded by this, as are the fingerprints. */
  private SSLContext context;

  private String used;
  private String seen;

  private Tls(TlsFiles files, TlsLoading loading) throws TlsFileException {
    this.files = files;
    this.context = loading.context();
    this.used = loading.fingerprint();
    this.seen = used;
    List<String> supported = List.of(context.getSupportedSSLParameters().getCipherSuites());
    this.suites = SUITES.stream().filter(supported::contains).toArray(String[]::new);
  }

  public static Tls of(TlsFiles files) throws TlsFileException {
    return new Tls(files, TlsLoading.read(files));
  }

  /**
   * Reads the files again. What is wrong with them is logged, and the certificates in use stay.
   *
   * @return whether the files are in use now
   */
  public synchronized boolean reload() {
    try {
      use(TlsLoading.read(files));
      return true;
    } catch (TlsFileException e) {
      warn(e);
      return false;
    }
  }

  /** Reads the files again if they are others than at the last look. */
  public synchronized void reloadIfChanged() {
    try {
      TlsLoading loading = TlsLoading.read(files);
      if (!loading.fingerprint().equals(seen)) {
        use(loading);
      }
    } catch (TlsFileException e) {
      String problem = String.valueOf(e.getMessage());
      if (!problem.equals(seen)) {
        seen = problem;
        warn(e);
      }
    }
  }

  private void use(TlsLoading loading) throws TlsFileException {
    String fingerprint = loading.fingerprint();
    try {
      context = loading.context();
    } finally {
      seen = fingerprint;
    }
    if (!fingerprint.equals(used)) {
      used = fingerprint;
      LOG.info("new certificates are in use");
    }
  }

  private static void warn(TlsFileException e) {
    LOG.warn("the certificates in use stay: {}", e.getMessage());
  }

  private synchronized SSLContext context() {
    return context;
  }

  /** Returns an engine for one connection, which offers these application protocols in order. */
  public SSLEngine engine(String... protocols) {
    SSLEngine engine = context().createSSLEngine();
    engine.setUseClientMode(false);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setProtocols(VERSIONS);
    parameters.setCipherSuites(suites);
    parameters.setUseCipherSuitesOrder(true);
    parameters.setApplicationProtocols(Stream.of(protocols).toArray(String[]::new));
    if (files.clientAuthorities() != null) {
      parameters.setNeedClientAuth(true);
    }
    engine.setSSLParameters(parameters);
    return engine;
  }
}
