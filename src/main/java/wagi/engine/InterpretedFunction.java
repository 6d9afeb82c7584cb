package wagi.engine;

/**
 * A function too large for a method of the JVM: it is interpreted, which is many times slower.
 *
 * @param name of the module's name section, or its index in words
 * @param bytes it has in the module
 */
public record InterpretedFunction(String name, int bytes) {}
