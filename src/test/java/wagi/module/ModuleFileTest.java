package wagi.module;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ModuleFileTest {
  private static final byte[] OTHER = {0, 'a', 's', 'm', 1, 0, 0, 0};

  private final Map<String, byte[]> kept = new HashMap<>();
  private final ModuleFile.Translations translations =
      new ModuleFile.Translations() {
        @Override
        public byte @Nullable [] get(String sha256) {
          return kept.get(sha256);
        }

        @Override
        public void put(String sha256, byte[] wasm) {
          kept.put(sha256, wasm);
        }
      };

  @Test
  void textIsTranslatedOnce(@TempDir Path folder) throws Exception {
    Path text = Files.writeString(folder.resolve("m.wat"), "(module)");
    ModuleFile first = ModuleFile.read(text, null, translations);
    assertEquals(1, kept.size());
    assertEquals(first.digest(), "sha256:" + kept.keySet().iterator().next());

    kept.replaceAll((digest, wasm) -> OTHER);

    assertArrayEquals(OTHER, ModuleFile.read(text, null, translations).wasm());
  }

  @Test
  void changedTextIsTranslatedAnew(@TempDir Path folder) throws Exception {
    Path text = Files.writeString(folder.resolve("m.wat"), "(module)");
    byte[] before = ModuleFile.read(text, null, translations).wasm();
    Files.writeString(text, "(module (memory 1))");

    assertTrue(ModuleFile.read(text, null, translations).wasm().length > before.length);
    assertEquals(2, kept.size());
  }

  @Test
  void binaryIsTakenAsItIs(@TempDir Path folder) throws Exception {
    Path binary = Files.write(folder.resolve("m.wasm"), OTHER);

    assertArrayEquals(OTHER, ModuleFile.read(binary, null, translations).wasm());
    assertEquals(Map.of(), kept);
  }

  @Test
  void whatIsNoTextIsNotKept(@TempDir Path folder) throws IOException {
    Path text = Files.writeString(folder.resolve("m.wat"), "(modul)");

    assertThrows(ModuleFileException.class, () -> ModuleFile.read(text, null, translations));
    assertEquals(Map.of(), kept);
  }
}
