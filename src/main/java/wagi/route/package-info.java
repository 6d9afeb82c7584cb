/** Host, method and path pick a module; pure functions. */
@NullMarked
package wagi.route;

import org.jspecify.annotations.NullMarked;
