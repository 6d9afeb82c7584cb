/** Wires everything once, swaps it on reload, closes it in order; holds no logic. */
@NullMarked
package wagi.server;

import org.jspecify.annotations.NullMarked;
