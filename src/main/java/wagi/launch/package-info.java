/**
 * Finds a fitting JVM and its flags, then starts {@code cli}; {@code Launcher} is the only class
 * file older than Java 25.
 */
@NullMarked
package wagi.launch;

import org.jspecify.annotations.NullMarked;
