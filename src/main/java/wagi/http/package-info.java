/** Sockets become messages; nobody else knows Undertow. */
@NullMarked
package wagi.http;

import org.jspecify.annotations.NullMarked;
