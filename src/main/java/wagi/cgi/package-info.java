/** RFC 3875 both ways, pure bytes. */
@NullMarked
package wagi.cgi;

import org.jspecify.annotations.NullMarked;
