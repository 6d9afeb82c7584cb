package wagi.http;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Predicate;

/**
 * How the server treats its connections.
 *
 * @param connections open at once on one listener; more wait in the backlog
 * @param keepAlive how long a connection may be idle between requests
 * @param headerTimeout from the first byte of a head to its last
 * @param bodyTimeout without a byte of a request body
 * @param writeTimeout without a byte taken by the client
 * @param spoolDirectory private directory for large request bodies; created if it is not there
 * @param spoolBytes all large request bodies together
 * @param trustedProxies whose word counts on who the client is
 */
public record HttpSettings(
    int ioThreads,
    int connections,
    Duration keepAlive,
    Duration headerTimeout,
    Duration bodyTimeout,
    Duration writeTimeout,
    Path spoolDirectory,
    long spoolBytes,
    Predicate<InetAddress> trustedProxies) {}
