/** WASI preview 1 as host functions, a file per group as the specification has them. */
@NullMarked
package wagi.wasi;

import org.jspecify.annotations.NullMarked;
