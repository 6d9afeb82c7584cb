package wagi.observe;

/** What a line of the server's log looks like. */
public enum LogFormat {
  TEXT,
  JSON
}
