package wagi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import wagi.PackageTable.Use;

/** Seeds faults into a table and a code base that agree, and sees each of them found. */
final class PackageTableTest {
  private static final String TABLE =
      """
      | package   | may use   | owns          | in one sentence |
      |-----------|-----------|---------------|-----------------|
      | `http`    | `message` | `io.undertow` | Sockets become `message`s. |
      | `message` |           |               | The shared words. |
      """;
  private static final Set<String> PACKAGES = Set.of("http", "message");
  private static final List<Use> USES =
      List.of(
          use("wagi.http", "wagi.message"),
          use("wagi.http", "wagi.http"),
          use("wagi.http", "io.undertow.server"),
          use("wagi.message", "java.util"),
          use("wagi.message", "org.slf4j"));

  @Test
  void tableAndCodeThatAgreeHaveNoViolations() {
    assertEquals(List.of(), PackageTable.parse(TABLE).violations(PACKAGES, USES));
  }

  @Test
  void packagesBelowAPackageBelongToIt() {
    assertEquals(
        List.of(), violations(TABLE, PACKAGES, use("wagi.http.tls", "wagi.message.headers")));
  }

  @Test
  void edgeThatTheTableDoesNotHave() {
    assertEquals(
        List.of("message may not use wagi.http: A → B"),
        violations(TABLE, PACKAGES, use("wagi.message", "wagi.http")));
  }

  @Test
  void edgeThatNoClassUses() {
    List<Use> uses = USES.stream().filter(u -> !u.toPackage().equals("wagi.message")).toList();

    assertEquals(
        List.of("the table lets http use message, it does not"),
        PackageTable.parse(TABLE).violations(PACKAGES, uses));
  }

  @Test
  void packageWithoutARow() {
    assertEquals(
        List.of("package util has no row"),
        violations(TABLE, Set.of("http", "message", "util"), use("wagi.util", "java.util")));
  }

  @Test
  void useOfAPackageWithoutARow() {
    assertEquals(
        List.of("http may not use wagi.util: A → B"),
        violations(TABLE, PACKAGES, use("wagi.http", "wagi.util")));
  }

  @Test
  void rowWithoutAPackage() {
    assertEquals(
        List.of("row util has no package"),
        violations(TABLE + "| `util` | | | Everything. |\n", PACKAGES));
  }

  @Test
  void libraryOutsideItsOwner() {
    assertEquals(
        List.of("message may not use io.undertow.util: A → B"),
        violations(TABLE, PACKAGES, use("wagi.message", "io.undertow.util")));
  }

  @Test
  void libraryThatNobodyOwns() {
    assertEquals(
        List.of("http may not use com.google.common.io: A → B"),
        violations(TABLE, PACKAGES, use("wagi.http", "com.google.common.io")));
  }

  @Test
  void libraryOfASimilarName() {
    assertEquals(
        List.of("http may not use io.undertowish: A → B"),
        violations(TABLE, PACKAGES, use("wagi.http", "io.undertowish")));
  }

  @Test
  void libraryThatItsOwnerDoesNotUse() {
    List<Use> uses = USES.stream().filter(u -> !u.toPackage().startsWith("io.")).toList();

    assertEquals(
        List.of("the table lets http use io.undertow, it does not"),
        PackageTable.parse(TABLE).violations(PACKAGES, uses));
  }

  @Test
  void cycle() {
    String cyclic = TABLE.replace("| `message` |           |", "| `message` | `http` |");

    assertEquals(
        List.of("cycle in the table among [http, message]"),
        violations(cyclic, PACKAGES, use("wagi.message", "wagi.http")));
  }

  @Test
  void emptyTable() {
    assertEquals(
        List.of("package http has no row"),
        PackageTable.parse("no table here").violations(Set.of("http"), List.of()));
  }

  private static List<String> violations(String table, Set<String> packages, Use... more) {
    List<Use> uses = new ArrayList<>(USES);
    Stream.of(more).forEach(uses::add);
    return PackageTable.parse(table).violations(packages, uses);
  }

  private static Use use(String from, String to) {
    return new Use(from, to, "A → B");
  }
}
