package wagi.config;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The layers of limits below a module's own: what files set, and what nothing may pass. */
public record Limits(Map<Limit, Long> set, Map<Limit, Long> ceilings) {
  static final Limits STANDARD = new Limits(Map.of(), Map.of());

  /** Reads {@code [limits]} and its ceilings. */
  static Limits read(Fields fields, Problems problems) {
    Map<Limit, Long> ceilings = new EnumMap<>(Limit.class);
    Fields max = fields.fields("max", Section.LIMITS_MAX);
    if (max != null) {
      ceilings.putAll(values(max, problems));
    }
    Limits bounds = new Limits(Map.of(), ceilings);
    return bounds.with(fields, problems);
  }

  /** These limits with those of a table over them. */
  Limits with(@Nullable Fields fields, Problems problems) {
    if (fields == null) {
      return this;
    }
    Map<Limit, Long> merged = new EnumMap<>(Limit.class);
    merged.putAll(set);
    values(fields, problems)
        .forEach(
            (limit, value) -> {
              Long ceiling = ceilings.get(limit);
              if (ceiling != null && value > ceiling) {
                fields.warn(
                    limit.key(),
                    limit.range.write(value)
                        + " is over the ceiling "
                        + limit.range.write(ceiling)
                        + " of [limits.max], which counts");
              }
              merged.put(limit, value);
            });
    return new Limits(merged, ceilings);
  }

  private static Map<Limit, Long> values(Fields fields, Problems problems) {
    Map<Limit, Long> values = new EnumMap<>(Limit.class);
    for (Limit limit : Limit.values()) {
      Node node = fields.node(limit.key());
      Long value = node == null ? null : limit.range.read(node, limit.key(), problems);
      if (value != null) {
        values.put(limit, value);
      }
    }
    return values;
  }

  LimitSettings settings() {
    long timeout = value(Limit.TIMEOUT);
    return new LimitSettings(
        timeout == Range.NONE ? LimitSettings.NO_TIMEOUT : Duration.ofMillis(timeout),
        Math.toIntExact(value(Limit.QUEUE)),
        Duration.ofMillis(value(Limit.QUEUE_TIMEOUT)),
        value(Limit.MEMORY),
        value(Limit.BODY),
        value(Limit.OUTPUT),
        Math.toIntExact(value(Limit.OUTPUT_HEADER)),
        value(Limit.STDERR),
        Math.toIntExact(value(Limit.OPEN_FILES)),
        value(Limit.ENVIRONMENT),
        Math.toIntExact(value(Limit.CONCURRENCY)));
  }

  private long value(Limit limit) {
    long value = set.getOrDefault(limit, limit.standard);
    return Math.min(value, ceilings.getOrDefault(limit, Range.NONE));
  }
}
