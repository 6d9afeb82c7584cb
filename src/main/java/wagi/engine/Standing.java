package wagi.engine;

/** How a module's guests usually fare, and so what its next one may do before others. */
enum Standing {
  /** They compute so briefly that nobody notices. */
  QUICK,
  /** They compute so long that others wait. */
  LENGTHY,
  /** Most of them fail, or are held to a limit: what they compute is rationed. */
  FAILING
}
