package wagi.config;

import java.util.List;
import java.util.Map;

/** A value with its place: what TOML, JSON and YAML files are turned into. */
sealed interface Node {
  Position at();

  /** How an error message names what was found. */
  String found();

  /** A key's own place and its value. */
  record Entry(Position keyAt, Node value) {}

  /** Entries are in the order of the file. */
  record Table(Position at, Map<String, Entry> entries) implements Node {
    @Override
    public String found() {
      return "a table";
    }
  }

  record Array(Position at, List<Node> items) implements Node {
    @Override
    public String found() {
      return "an array";
    }
  }

  record Text(Position at, String value) implements Node {
    @Override
    public String found() {
      return Quote.of(value);
    }
  }

  record Whole(Position at, long value) implements Node {
    @Override
    public String found() {
      return "the integer " + value;
    }
  }

  record Flag(Position at, boolean value) implements Node {
    @Override
    public String found() {
      return String.valueOf(value);
    }
  }

  record Null(Position at) implements Node {
    @Override
    public String found() {
      return "null";
    }
  }

  /** A value no key wants: a date, a fraction, an integer beyond 64 bits. */
  record Other(Position at, String found) implements Node {}
}
