/** Access log, guest log, health: listeners around the story. */
@NullMarked
package wagi.observe;

import org.jspecify.annotations.NullMarked;
