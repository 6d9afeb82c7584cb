package wagi.engine;

/** A guest's leave to compute. Whoever makes the guest wait gives it back meanwhile. */
public interface Permit {
  /** The guest is about to wait. */
  void leave();

  /** The guest is about to wait for memory, as others of its module would, were they started. */
  void leaveToGrow();

  /** The guest has waited; returns when it may compute again. */
  void rejoin();

  /** The guest, which has computed long, goes on when others like it have had their turns. */
  void giveWay();
}
