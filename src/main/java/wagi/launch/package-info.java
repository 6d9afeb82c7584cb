/**
 * Finds a fitting JVM and its flags, then starts {@code cli}; the only class files older than Java
 * 25, since they must load on the JVM that happens to be first on the path.
 */
@NullMarked
package wagi.launch;

import org.jspecify.annotations.NullMarked;
