package wagi.config;

/**
 * One table of {@code [[server.listener]]}: an address and how it is spoken to.
 *
 * @param plain without TLS, also where the server has a certificate
 * @param proxyProtocol whether trusted proxies begin a connection with a PROXY header
 */
public record ListenerSettings(ListenAddress address, boolean plain, boolean proxyProtocol) {}
