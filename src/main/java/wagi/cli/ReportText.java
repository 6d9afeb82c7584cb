package wagi.cli;

import java.util.List;
import java.util.stream.Collectors;
import wagi.engine.FunctionSize;
import wagi.engine.ModuleReport;

/** A module's report for a person. */
final class ReportText {
  private static final int LABEL_WIDTH = 13;
  private static final int MAX_LISTED = 200;

  private final StringBuilder text = new StringBuilder();
  private final ModuleReport report;

  ReportText(String file, ModuleReport report) {
    this.report = report;
    line("module", file);
    line("digest", report.digest());
    line("kind", kind());
    for (ModuleReport.Producer producer : report.producers()) {
      line(producer.field(), (producer.name() + " " + producer.version()).strip());
    }
    line("size", size());
    report.sizes().memories().forEach(memory -> line("memory", memory(memory)));
    report.sizes().tables().forEach(table -> line("table", table(table)));
    line("entrypoints", report.entrypoints().isEmpty() ? "none" : entrypoints());
    report.interpreted().forEach(function -> line("interpreted", interpreted(function)));
    line("verdict", verdict());
    listed("imports", report.imports().stream().map(ReportText::imported).toList());
    listed("exports", report.exports().stream().map(ReportText::exported).toList());
  }

  private void line(String label, String value) {
    text.append(label).append(" ".repeat(Math.max(1, LABEL_WIDTH - label.length())));
    text.append(Printable.text(value)).append('\n');
  }

  private String kind() {
    return report.wasi().isEmpty()
        ? report.kind()
        : report.kind() + ", WASI " + String.join(" and ", report.wasi());
  }

  private String size() {
    ModuleReport.Sizes sizes = report.sizes();
    StringBuilder words = new StringBuilder(counted(sizes.bytes(), "byte"));
    if (report.kind().equals("component")) {
      return words.toString();
    }
    words.append("; code ").append(sizes.codeBytes()).append(" in ");
    words.append(counted(sizes.functions(), "function"));
    FunctionSize largest = sizes.largestFunction();
    if (largest != null) {
      words.append(", the largest ").append(largest.name()).append(" with ");
      words.append(largest.bytes());
    }
    words.append("; data ").append(sizes.dataBytes()).append(" in ");
    return words.append(counted(sizes.dataSegments(), "segment")).toString();
  }

  private static String memory(ModuleReport.Extent extent) {
    return counted(extent.initial(), "page") + " of 64 KiB" + rest(extent);
  }

  private static String table(ModuleReport.Extent extent) {
    return counted(extent.initial(), "entry") + rest(extent);
  }

  private static String rest(ModuleReport.Extent extent) {
    return (extent.maximum() == -1 ? ", no maximum" : ", at most " + extent.maximum())
        + (extent.wide() ? ", 64-bit addresses" : "");
  }

  private String entrypoints() {
    return String.join(", ", report.entrypoints());
  }

  private static String interpreted(FunctionSize function) {
    return function.name() + " (" + function.bytes() + " bytes): too large for the JVM, so slow";
  }

  private String verdict() {
    if (report.refusal() != null) {
      return "refused: " + report.refusal();
    }
    return report.reuseObstacle() == null
        ? "runs; instances are pooled"
        : "runs; a new instance for every request: " + report.reuseObstacle();
  }

  private void listed(String heading, List<String> lines) {
    if (lines.isEmpty()) {
      return;
    }
    text.append(heading).append('\n');
    text.append(
        lines.stream()
            .limit(MAX_LISTED)
            .map(line -> "  " + Printable.text(line) + "\n")
            .collect(Collectors.joining()));
    if (lines.size() > MAX_LISTED) {
      text.append("  and ").append(lines.size() - MAX_LISTED).append(" more\n");
    }
  }

  private static String imported(ModuleReport.Imported imported) {
    String problem = imported.problem();
    return imported.module()
        + "."
        + imported.name()
        + " "
        + imported.type()
        + (problem == null ? "" : "  missing: " + problem);
  }

  private static String exported(ModuleReport.Exported exported) {
    return (exported.kind() + " " + exported.name() + " " + exported.type()).strip();
  }

  private static String counted(long count, String noun) {
    String many = noun.endsWith("y") ? noun.substring(0, noun.length() - 1) + "ies" : noun + "s";
    return count + " " + (count == 1 ? noun : many);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
