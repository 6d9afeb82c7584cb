/** The story of one request, told in one method. */
@NullMarked
package wagi.gateway;

import org.jspecify.annotations.NullMarked;
