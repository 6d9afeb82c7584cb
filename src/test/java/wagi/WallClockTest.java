package wagi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A clock that jumps moves no deadline and no time-out: those do not look at it. */
final class WallClockTest {
  /** What is shown, what guests ask for, how old files are, until when certificates are valid. */
  private static final Set<String> ALLOWED =
      Set.of(
          "wagi.engine.CodeStore",
          "wagi.engine.CodeStoreSpace",
          "wagi.gateway.Exchange",
          "wagi.http.Front",
          "wagi.http.ResponseHead",
          "wagi.http.tls.TlsLoading",
          "wagi.server.Observers",
          "wagi.wasi.ClockFunctions");

  @Test
  void onlyWhatShowsTheTimeOfDayAsksForIt() {
    JavaClasses classes =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("wagi");
    Set<String> asking =
        classes.stream()
            .flatMap(type -> type.getMethodCallsFromSelf().stream())
            .filter(WallClockTest::asksForTheTimeOfDay)
            .map(call -> call.getOriginOwner().getName())
            .collect(Collectors.toCollection(TreeSet::new));

    assertEquals(new TreeSet<>(ALLOWED), asking);
  }

  private static boolean asksForTheTimeOfDay(JavaMethodCall call) {
    String owner = call.getTargetOwner().getName();
    String name = call.getTarget().getName();
    return (owner.equals("java.lang.System") && name.equals("currentTimeMillis"))
        || (owner.startsWith("java.time.") && name.equals("now"))
        || (owner.startsWith("java.time.") && name.startsWith("system"));
  }
}
