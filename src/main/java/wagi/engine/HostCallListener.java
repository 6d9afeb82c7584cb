package wagi.engine;

/** Hears of every host call, for {@code call --trace}. */
@FunctionalInterface
public interface HostCallListener {
  /**
   * Called on the guest's thread after each host call.
   *
   * @param guest who called
   * @param result as the host module words it; {@code exit} when the call did not return
   */
  void called(Guest guest, String module, String function, long[] arguments, String result);
}
