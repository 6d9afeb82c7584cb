package wagi.wasi;

import java.util.List;
import java.util.stream.Stream;
import wagi.engine.HostFunction;
import wagi.engine.HostModule;

/** WASI preview 1: what C, Rust, Go and others are built against. */
public final class WasiPreview1 {
  private WasiPreview1() {}

  public static HostModule module() {
    List<HostFunction> functions =
        Stream.of(shared(), List.of(SockFunctions.ACCEPT)).flatMap(List::stream).toList();
    return new WasiModule("wasi_snapshot_preview1", functions);
  }

  /** The functions that {@code wasi_unstable} has too, in this version's layout. */
  static List<HostFunction> shared() {
    return Stream.of(
            ArgsFunctions.ALL,
            EnvironFunctions.ALL,
            ClockFunctions.ALL,
            FdFunctions.ALL,
            PathFunctions.ALL,
            PollFunctions.ALL,
            ProcFunctions.ALL,
            RandomFunctions.ALL,
            SchedFunctions.ALL,
            SockFunctions.ALL)
        .flatMap(List::stream)
        .toList();
  }
}
