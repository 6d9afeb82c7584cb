package wagi.wasi;

import java.util.List;
import wagi.engine.HostFunction;
import wagi.engine.HostModule;

/** One of the two interfaces; every result is an errno. */
record WasiModule(String name, List<HostFunction> functions) implements HostModule {
  @Override
  public String resultText(HostFunction function, long result) {
    return function.type().returns().isEmpty() ? "" : Errno.text(result);
  }
}
