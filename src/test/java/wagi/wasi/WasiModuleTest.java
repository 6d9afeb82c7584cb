package wagi.wasi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import wagi.engine.Guest;
import wagi.engine.HostFunction;
import wagi.engine.HostModule;

final class WasiModuleTest {
  @Test
  void everyFunctionOfPreview1HasItsSignature() throws IOException {
    assertEquals("wasi_snapshot_preview1", WasiPreview1.module().name());
    assertEquals(
        Files.readString(Path.of("src/test/resources/wasi-signatures.txt")),
        signatures(WasiPreview1.module()));
  }

  @Test
  void unstableHasAllButAccept() throws IOException {
    assertEquals("wasi_unstable", WasiUnstable.module().name());
    assertEquals(
        Files.readString(Path.of("src/test/resources/wasi-signatures.txt"))
            .replaceAll("(?m)^sock_accept.*\n", ""),
        signatures(WasiUnstable.module()));
  }

  @Test
  void resultsReadAsErrnos() {
    HostModule module = WasiPreview1.module();
    HostFunction write = WasiScript.function(module, "fd_write");
    HostFunction exit = WasiScript.function(module, "proc_exit");
    assertEquals("ESUCCESS", module.resultText(write, 0));
    assertEquals("EBADF", module.resultText(write, 8));
    assertEquals("ENOTCAPABLE", module.resultText(write, 76));
    assertEquals("77", module.resultText(write, 77));
    assertEquals("-1", module.resultText(write, -1));
    assertEquals("", module.resultText(exit, 0));
  }

  @Test
  void noFunctionFailsOnTheHostWhateverItsArguments() {
    long[] values = {0, -1, 3, 0x7fff_ffff, 0x8000_0000L, 65_535, Long.MIN_VALUE};
    for (HostModule module : new HostModule[] {WasiPreview1.module(), WasiUnstable.module()}) {
      for (HostFunction function : module.functions()) {
        if (function.name().equals("proc_exit")) {
          continue;
        }
        for (long value : values) {
          Guest guest = Calls.guest(1);
          long[] arguments = new long[function.type().params().size()];
          Arrays.fill(arguments, value);
          long result = function.call().call(guest, arguments);
          assertTrue(result >= 0 && result <= 76, function.name() + " " + value + " " + result);
        }
      }
    }
  }

  private static String signatures(HostModule module) {
    return module.functions().stream()
        .map(function -> function.name() + " " + function.type() + "\n")
        .sorted()
        .collect(Collectors.joining());
  }
}
