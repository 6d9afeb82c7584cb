package wagi.config;

/** Whether a module's instances may be used again. */
public enum Instances {
  POOLED,
  FRESH
}
