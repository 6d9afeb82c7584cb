/** Tests of the code as a whole. */
@NullMarked
package wagi;

import org.jspecify.annotations.NullMarked;
