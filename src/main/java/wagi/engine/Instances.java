package wagi.engine;

/** Whether a module's instances may be used again, made as new. */
public enum Instances {
  POOLED,
  FRESH
}
