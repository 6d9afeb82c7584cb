package wagi.engine;

import java.util.List;

/** The functions that modules may import under one module name. */
public interface HostModule {
  String name();

  List<HostFunction> functions();

  /** Returns the result as a person reads it in a trace: {@code ESUCCESS} rather than 0. */
  String resultText(HostFunction function, long result);
}
