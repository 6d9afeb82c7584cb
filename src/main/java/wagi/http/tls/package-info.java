/**
 * Certificates, keys and the TLS of a listener, from PEM files. Knows neither HTTP nor the library
 * that accepts connections.
 */
@NullMarked
package wagi.http.tls;

import org.jspecify.annotations.NullMarked;
