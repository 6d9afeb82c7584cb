/** Commands and exit codes; the only code that prints or exits. */
@NullMarked
package wagi.cli;

import org.jspecify.annotations.NullMarked;
