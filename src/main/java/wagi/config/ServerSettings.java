package wagi.config;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The {@code [server]} table.
 *
 * @param name SERVER_NAME for a request without Host
 * @param threads guests computing at once
 * @param guests guests alive at once, waiting ones included
 * @param bodyTimeout how long a request's body may pause
 * @param writeTimeout how long a client may take no byte
 * @param health the path that answers OK; empty for none
 * @param warmUp requests that each module answers before the server is ready
 * @param http2 whether HTTP/2 is spoken beside HTTP/1
 * @param listeners addresses of the {@code --config} file beside its {@code default_host}, and how
 *     each is spoken to
 * @param tls null for plain HTTP
 */
public record ServerSettings(
    Duration drain,
    @Nullable String name,
    int threads,
    int guests,
    Duration keepAlive,
    int connections,
    Duration headerTimeout,
    Duration bodyTimeout,
    Duration writeTimeout,
    List<Cidr> trustedProxies,
    String health,
    int warmUp,
    boolean http2,
    List<ListenerSettings> listeners,
    @Nullable TlsSettings tls) {
  public static final String STANDARD_HEALTH = "/healthz";

  ServerSettings withName(String newName) {
    return with(newName, tls);
  }

  ServerSettings withTls(TlsSettings newTls) {
    return with(name, newTls);
  }

  private ServerSettings with(@Nullable String newName, @Nullable TlsSettings newTls) {
    return new ServerSettings(
        drain,
        newName,
        threads,
        guests,
        keepAlive,
        connections,
        headerTimeout,
        bodyTimeout,
        writeTimeout,
        trustedProxies,
        health,
        warmUp,
        http2,
        listeners,
        newTls);
  }

  /** Returns how an address is spoken to. */
  public ListenerSettings listener(ListenAddress address) {
    return listeners.stream()
        .filter(one -> one.address().equals(address))
        .findFirst()
        .orElseGet(() -> new ListenerSettings(address, false, false));
  }
}
