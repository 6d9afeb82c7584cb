/** Parses, compiles, limits, schedules and runs guests; knows no HTTP. */
@NullMarked
package wagi.engine;

import org.jspecify.annotations.NullMarked;
