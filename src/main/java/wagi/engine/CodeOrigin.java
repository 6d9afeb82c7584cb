package wagi.engine;

/** Where the code of a module came from when it was loaded. */
public enum CodeOrigin {
  /** From the compiler, just now. */
  COMPILED,
  /** From disk. */
  CACHED,
  /** From another module of the same bytes. */
  SHARED
}
