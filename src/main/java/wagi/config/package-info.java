/** Files and flags become immutable records, or a list of problems with file, line and column. */
@NullMarked
package wagi.config;

import org.jspecify.annotations.NullMarked;
