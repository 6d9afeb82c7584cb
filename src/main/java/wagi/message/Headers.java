package wagi.message;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An immutable, ordered list of header fields; a name may occur more than once.
 *
 * <p>A value holds one char per byte as it stands on the wire (ISO 8859-1), so that nothing is lost
 * before somebody who knows the charset looks at it.
 */
public final class Headers {
  private static final Headers NONE = new Headers(new String[0]);

  /** name, value, name, value, ... */
  private final String[] fields;

  private Headers(String[] fields) {
    this.fields = fields;
  }

  public static Headers none() {
    return NONE;
  }

  public static Headers of(String... namesAndValues) {
    if (namesAndValues.length % 2 != 0) {
      throw new IllegalArgumentException("a header name without a value: " + namesAndValues.length);
    }
    return new Headers(namesAndValues.clone());
  }

  public static Builder builder() {
    return new Builder();
  }

  public int size() {
    return fields.length / 2;
  }

  public String name(int index) {
    return fields[2 * index];
  }

  public String value(int index) {
    return fields[2 * index + 1];
  }

  /** Returns the value of the first field of this name, in any case, or null. */
  public @Nullable String first(String name) {
    for (int i = 0; i < fields.length; i += 2) {
      if (fields[i].equalsIgnoreCase(name)) {
        return fields[i + 1];
      }
    }
    return null;
  }

  public boolean contains(String name) {
    return first(name) != null;
  }

  public List<String> all(String name) {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < fields.length; i += 2) {
      if (fields[i].equalsIgnoreCase(name)) {
        values.add(fields[i + 1]);
      }
    }
    return values;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < fields.length; i += 2) {
      text.append(fields[i]).append(": ").append(fields[i + 1]).append('\n');
    }
    return text.toString();
  }

  /** Collects fields in order. */
  public static final class Builder {
    private String[] fields = new String[16];
    private int used;

    private Builder() {}

    public Builder add(String name, String value) {
      if (used == fields.length) {
        fields = Arrays.copyOf(fields, used * 2);
      }
      fields[used++] = name;
      fields[used++] = value;
      return this;
    }

    public Builder addAll(Headers headers) {
      for (int i = 0; i < headers.size(); i++) {
        add(headers.name(i), headers.value(i));
      }
      return this;
    }

    public Headers build() {
      return used == 0 ? NONE : new Headers(Arrays.copyOf(fields, used));
    }
  }
}
