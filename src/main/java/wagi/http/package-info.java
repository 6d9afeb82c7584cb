/**
 * Sockets become messages; nobody else knows Undertow.
 *
 * <p>Undertow accepts, parses request heads, and keeps connections alive. Below it, on the bytes
 * themselves, sits {@link wagi.http.Wire}: it records each head, so that the gate judges what was
 * really sent, and it replaces the empty 400 of Undertow's parser by an answer with a sentence and
 * a request id. Bodies are read and answers written by this package directly on the wire.
 *
 * <p>Before HTTP begins, {@link wagi.http.Opening} reads a load balancer's header, shakes hands,
 * and finds out which version is spoken. HTTP/2 ({@link wagi.http.Http2Connection}) is this
 * package's own; both versions meet in {@link wagi.http.Stream}.
 *
 * <p>What stays Undertow's: a head that does not arrive in time, and an idle connection, are closed
 * without an answer.
 */
@NullMarked
package wagi.http;

import org.jspecify.annotations.NullMarked;
