package wagi.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** JSON or YAML text as a tree of nodes; gathers repeated keys and aliases on the way. */
final class JacksonTree {
  /** Where a line and column of the parsed text stand in a file. */
  interface Places {
    Position at(int line, int column);
  }

  private static final StreamReadConstraints BOUNDS =
      StreamReadConstraints.builder()
          .maxNestingDepth(64)
          .maxStringLength(SourceText.LARGEST_BYTES)
          .maxNumberLength(64)
          .build();
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(BOUNDS)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .build();
  private static final YAMLFactory YAML =
      YAMLFactory.builder().streamReadConstraints(BOUNDS).build();
  private static final Pattern SOURCE =
      Pattern.compile("\\s*\\([^(]*\\[Source: .*|, from `[^`]*`", Pattern.DOTALL);

  private static final Pattern YAML_PLACE =
      Pattern.compile("in 'reader', line ([0-9]{1,9}), column ([0-9]{1,9})");

  private final JsonParser parser;
  private final Places places;
  private final Problems problems;

  private JacksonTree(JsonParser parser, Places places, Problems problems) {
    this.parser = parser;
    this.places = places;
    this.problems = problems;
  }

  /** Null when the text is not JSON, or empty; the problem is reported. */
  static @Nullable Node json(String text, Places places, Problems problems) {
    return parse(JSON, text, places, problems);
  }

  static @Nullable Node yaml(String text, Places places, Problems problems) {
    return parse(YAML, text, places, problems);
  }

  private static @Nullable Node parse(
      JsonFactory factory, String text, Places places, Problems problems) {
    Position last = places.at(1, 1);
    try (JsonParser parser = factory.createParser(new StringReader(text))) {
      JacksonTree tree = new JacksonTree(parser, places, problems);
      try {
        return tree.document();
      } catch (JsonProcessingException e) {
        problems.error(tree.at(e), message(e));
      }
    } catch (IOException e) {
      problems.error(last, "cannot be read: " + e.getMessage());
    }
    return null;
  }

  private @Nullable Node document() throws IOException {
    if (parser.nextToken() == null) {
      problems.error(places.at(1, 1), "is empty");
      return null;
    }
    Node root = value();
    if (parser.nextToken() != null) {
      problems.error(here(), "expected one document and nothing after it");
      return null;
    }
    return root;
  }

  private Node value() throws IOException {
    Position at = here();
    if (parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
      problems.error(
          at, "aliases (*" + parser.getText() + ") are not followed: write the value out");
      return new Node.Other(at, "an alias");
    }
    JsonToken token = parser.currentToken();
    return switch (token) {
      case START_OBJECT -> table(at);
      case START_ARRAY -> array(at);
      case VALUE_STRING -> new Node.Text(at, parser.getText());
      case VALUE_NUMBER_INT -> whole(at);
      case VALUE_TRUE -> new Node.Flag(at, true);
      case VALUE_FALSE -> new Node.Flag(at, false);
      case VALUE_NULL -> new Node.Null(at);
      default -> new Node.Other(at, Quote.of(parser.getText()));
    };
  }

  private Node whole(Position at) throws IOException {
    return switch (parser.getNumberType()) {
      case INT, LONG -> new Node.Whole(at, parser.getLongValue());
      default -> new Node.Other(at, "an integer beyond 64 bits");
    };
  }

  private Node.Table table(Position at) throws IOException {
    Map<String, Node.Entry> entries = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      Position keyAt = here();
      String key = parser.currentName();
      parser.nextToken();
      Node value = value();
      Node.Entry before = entries.putIfAbsent(key, new Node.Entry(keyAt, value));
      if (before != null) {
        problems.error(
            keyAt,
            "key " + Quote.of(key) + " again; it is already at line " + before.keyAt().line());
      }
    }
    return new Node.Table(at, entries);
  }

  private Node.Array array(Position at) throws IOException {
    List<Node> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(value());
    }
    return new Node.Array(at, items);
  }

  private Position here() {
    return at(parser.currentTokenLocation());
  }

  private Position at(JsonLocation location) {
    return places.at(Math.max(1, location.getLineNr()), Math.max(1, location.getColumnNr()));
  }

  /** A YAML error's own location is where its token began; the text names the place. */
  private Position at(JsonProcessingException e) {
    Matcher matcher = YAML_PLACE.matcher(String.valueOf(e.getOriginalMessage()));
    Position at = null;
    while (matcher.find()) {
      at = places.at(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    }
    if (at != null) {
      return at;
    }
    return e.getLocation() == null ? here() : at(e.getLocation());
  }

  /** Parsers quote the source over several lines; the position already says where. */
  private static String message(JsonProcessingException e) {
    String whole = SOURCE.matcher(String.valueOf(e.getOriginalMessage())).replaceFirst("");
    StringBuilder message = new StringBuilder();
    for (String line : whole.lines().toList()) {
      if (line.startsWith(" ") || line.isBlank()) {
        continue;
      }
      message.append(message.isEmpty() ? "" : ": ").append(line.strip());
    }
    String text = message.toString();
    return text.isEmpty()
        ? "not valid"
        : text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
  }
}
