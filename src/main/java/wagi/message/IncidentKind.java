package wagi.message;

/** What log and metrics tell incidents apart by, beside the module. */
public sealed interface IncidentKind permits Limit, Failure {
  /** Returns its name: a configuration key where there is one. */
  String key();
}
