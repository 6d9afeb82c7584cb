/** Request, response, headers, handler, responder: the words the other packages share. */
@NullMarked
package wagi.message;

import org.jspecify.annotations.NullMarked;
