package wagi.engine;

/**
 * A function and what it takes.
 *
 * @param name of the module's name section, or its index in words
 * @param bytes it has in the module
 */
public record FunctionSize(String name, int bytes) {}
