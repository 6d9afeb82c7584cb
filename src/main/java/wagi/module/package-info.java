/** Where module bytes come from: a file today. */
@NullMarked
package wagi.module;

import org.jspecify.annotations.NullMarked;
