package wagi.engine;

/** A host function: raw wasm arguments in, the raw result out (ignored where it has none). */
@FunctionalInterface
public interface HostCall {
  long call(Guest guest, long[] arguments);
}
