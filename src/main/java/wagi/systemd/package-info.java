/** Tells systemd how the server is, where systemd started it and asked to be told. */
@NullMarked
package wagi.systemd;

import org.jspecify.annotations.NullMarked;
