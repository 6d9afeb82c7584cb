package wagi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import wagi.PackageTable.Use;

/** Holds the code to the package table of ARCHITECTURE.md, and the table to the code. */
final class ArchitectureTest {
  @Test
  void tableAndCodeAgree() throws IOException {
    JavaClasses classes =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("wagi");
    PackageTable table = PackageTable.parse(Files.readString(Path.of("ARCHITECTURE.md")));

    assertEquals("", String.join("\n", table.violations(packages(classes), uses(classes))));
  }

  private static Set<String> packages(JavaClasses classes) {
    return classes.stream()
        .map(type -> PackageTable.own(type.getPackageName()))
        .collect(Collectors.toSet());
  }

  private static List<Use> uses(JavaClasses classes) {
    return classes.stream()
        .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
        .filter(dependency -> !target(dependency).isPrimitive())
        .map(ArchitectureTest::use)
        .distinct()
        .toList();
  }

  private static Use use(Dependency dependency) {
    JavaClass origin = dependency.getOriginClass();
    JavaClass target = target(dependency);
    return new Use(
        origin.getPackageName(),
        target.getPackageName(),
        origin.getSimpleName() + " → " + target.getSimpleName());
  }

  private static JavaClass target(Dependency dependency) {
    return dependency.getTargetClass().getBaseComponentType();
  }
}
