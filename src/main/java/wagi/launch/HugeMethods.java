package wagi.launch;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.VMOption;
import java.lang.management.ManagementFactory;

/**
 * Whether the JVM compiles methods over 8000 bytes of bytecode, which large guest functions are.
 */
final class HugeMethods {
  static final String COMPILED = "-XX:-DontCompileHugeMethods";

  private HugeMethods() {}

  /** True also where the user decided otherwise, or where the JVM has no such flag. */
  static boolean settled() {
    HotSpotDiagnosticMXBean hotSpot =
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    if (hotSpot == null) {
      return true;
    }
    try {
      VMOption option = hotSpot.getVMOption("DontCompileHugeMethods");
      return option.getValue().equals("false") || option.getOrigin() != VMOption.Origin.DEFAULT;
    } catch (IllegalArgumentException e) {
      return true;
    }
  }
}
