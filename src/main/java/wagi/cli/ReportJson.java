package wagi.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import wagi.engine.FunctionSize;
import wagi.engine.ModuleReport;

/** A module's report for a program. */
final class ReportJson {
  private ReportJson() {}

  static String of(String file, ModuleReport report) {
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    all.put("module", file);
    all.put("digest", report.digest());
    all.put("kind", report.kind());
    all.put("wasi", report.wasi());
    all.put("producers", report.producers().stream().map(ReportJson::producer).toList());
    all.put("sizes", sizes(report.sizes()));
    all.put("entrypoints", report.entrypoints());
    all.put("runs", report.refusal() == null);
    all.put("refusal", report.refusal());
    all.put("pooled", report.refusal() == null && report.reuseObstacle() == null);
    all.put("reuse_obstacle", report.reuseObstacle());
    all.put("interpreted", report.interpreted().stream().map(ReportJson::function).toList());
    all.put("imports", report.imports().stream().map(ReportJson::imported).toList());
    all.put("exports", report.exports().stream().map(ReportJson::exported).toList());
    return Json.text(all);
  }

  private static Map<String, @Nullable Object> producer(ModuleReport.Producer producer) {
    return object(
        "field", producer.field(), "name", producer.name(), "version", producer.version());
  }

  private static Map<String, @Nullable Object> sizes(ModuleReport.Sizes sizes) {
    FunctionSize largest = sizes.largestFunction();
    return object(
        "bytes",
        sizes.bytes(),
        "functions",
        sizes.functions(),
        "code_bytes",
        sizes.codeBytes(),
        "largest_function",
        largest == null ? null : function(largest),
        "data_segments",
        sizes.dataSegments(),
        "data_bytes",
        sizes.dataBytes(),
        "memories",
        extents(sizes.memories()),
        "tables",
        extents(sizes.tables()));
  }

  private static Map<String, @Nullable Object> function(FunctionSize function) {
    return object("name", function.name(), "bytes", function.bytes());
  }

  private static List<Object> extents(List<ModuleReport.Extent> extents) {
    List<Object> objects = new ArrayList<>();
    for (ModuleReport.Extent extent : extents) {
      Long maximum = extent.maximum() == -1 ? null : extent.maximum();
      objects.add(object("initial", extent.initial(), "maximum", maximum, "wide", extent.wide()));
    }
    return objects;
  }

  private static Map<String, @Nullable Object> imported(ModuleReport.Imported imported) {
    return object(
        "module",
        imported.module(),
        "name",
        imported.name(),
        "type",
        imported.type(),
        "problem",
        imported.problem());
  }

  private static Map<String, @Nullable Object> exported(ModuleReport.Exported exported) {
    return object("kind", exported.kind(), "name", exported.name(), "type", exported.type());
  }

  /** Takes keys and values in turn. */
  private static Map<String, @Nullable Object> object(@Nullable Object... members) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    for (int i = 0; i < members.length; i += 2) {
      object.put(String.valueOf(members[i]), members[i + 1]);
    }
    return object;
  }
}
