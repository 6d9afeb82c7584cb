package wagi.engine;

/** A guest's leave to compute. Whoever makes the guest wait gives it back meanwhile. */
public interface Permit {
  /** The guest is about to wait. */
  void leave();

  /** The guest is about to wait for so much memory, as others of its module might, once started. */
  void leaveToGrow(int wanted);

  /** Returns whether most guests of its module failed lately, when it got its leave. */
  boolean isRationed();

  /** The guest has waited; returns when it may compute again. */
  void rejoin();

  /** The guest, which has computed long, goes on when others like it have had their turns. */
  void giveWay();
}
