package wagi.server;

import java.io.IOException;
import java.nio.file.Path;
import wagi.engine.ModuleInspection;
import wagi.engine.ModuleReport;
import wagi.module.ModuleFile;
import wagi.module.ModuleFileException;

/** Looks at a module as a server would load it. */
public final class Inspection {
  private Inspection() {}

  /**
   * Returns what can be said of a module's file.
   *
   * @throws IOException when there are no bytes of a module; the message names the file
   */
  public static ModuleReport of(Path file) throws IOException {
    try {
      ModuleFile module = ModuleFile.read(file);
      return new ModuleInspection(WagiServer.hostModules()).inspect(module.wasm(), module.digest());
    } catch (ModuleFileException e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
