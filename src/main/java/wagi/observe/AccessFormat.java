package wagi.observe;

/** What a line of the access log looks like. */
public enum AccessFormat {
  /** Apache's Common Log Format. */
  COMMON,
  /** Apache's Combined Log Format: the common one, and Referer and User-Agent. */
  COMBINED,
  /** One JSON object a line. */
  JSON,
  /** No access log: an {@link AccessLog} is not built at all. */
  OFF
}
