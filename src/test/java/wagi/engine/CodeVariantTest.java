package wagi.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class CodeVariantTest {
  private static final Set<String> MAKERS =
      CodeVariant.MAKERS.stream().map(Class::getName).collect(Collectors.toSet());

  @Test
  void namesEngineVersionAndJdk() {
    String variant = CodeVariant.name(true);
    assertTrue(variant.matches("endive-\\d+\\.\\d+\\.\\d+-[0-9a-f]{16}-jdk\\d+"), variant);
    assertEquals(variant, CodeVariant.name(true));
  }

  @Test
  void unfinishedCodeIsAnotherVariant() {
    assertNotEquals(CodeVariant.name(true), CodeVariant.name(false));
  }

  @Test
  void everyClassCounts() {
    String all = CodeVariant.digest(CodeVariant.MAKERS);
    for (Class<?> left : CodeVariant.MAKERS) {
      List<Class<?>> others = CodeVariant.MAKERS.stream().filter(one -> one != left).toList();
      assertNotEquals(all, CodeVariant.digest(others), left.getName());
    }
  }

  @Test
  void nobodyWhoUsesTheCompilerOrAsmIsForgotten() {
    JavaClasses engine =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("wagi.engine");
    Set<String> making = new TreeSet<>();
    for (JavaClass type : engine) {
      for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
        String used = dependency.getTargetClass().getPackageName();
        if (used.startsWith("run.endive.compiler") || used.startsWith("org.objectweb.asm")) {
          making.add(type.getName().replaceFirst("\\$.*", ""));
        }
      }
    }
    assertTrue(making.contains(CodeFinishing.class.getName()), making::toString);
    making.removeAll(MAKERS);
    assertEquals(Set.of(), making);
  }
}
