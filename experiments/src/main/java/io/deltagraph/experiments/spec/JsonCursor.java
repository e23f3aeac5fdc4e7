package io.deltagraph.experiments.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.deltagraph.data.InputException;
import io.deltagraph.graph.OpId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A place in a JSON text that knows its path, so that every complaint can name it.
 *
 * @param file what the text is called
 * @param path the JSON path
 * @param node what is there
 */
record JsonCursor(String file, String path, JsonNode node) {
  static final int MOST_OPTIONS = 32;
  static final Pattern OPTION = Pattern.compile("[a-zA-Z][a-zA-Z0-9_]*");

  String where() {
    return file + ", at " + path;
  }

  /** What is there, in words. */
  String found() {
    return switch (node.getNodeType()) {
      case OBJECT -> "an object";
      case ARRAY -> "a list";
      case NULL -> "null";
      case STRING -> InputException.quoted(node.textValue());
      case NUMBER, BOOLEAN -> node.asText();
      case MISSING, BINARY, POJO -> "nothing";
    };
  }

  InputException wrong(String expected) {
    return SpecErrors.wrong(where(), found(), expected);
  }

  /** This object, once it is known to have no other fields than these. */
  JsonCursor object(String... fields) {
    requireObject();
    Set<String> known = ImmutableSet.copyOf(fields);
    node.fieldNames()
        .forEachRemaining(field -> {
          if (!known.contains(field)) {
            throw SpecErrors.unknownField(where(), field, known);
          }
        });
    return this;
  }

  private void requireObject() {
    if (!node.isObject()) {
      throw wrong("an object");
    }
  }

  JsonCursor required(String field, String expected) {
    return optional(field)
        .orElseThrow(() -> SpecErrors.missing(file + ", at " + path + "." + field, expected));
  }

  Optional<JsonCursor> optional(String field) {
    JsonNode child = node.get(field);
    return child == null
        ? Optional.empty()
        : Optional.of(new JsonCursor(file, path + "." + field, child));
  }

  List<JsonCursor> items(int least, int most, String expected) {
    if (!node.isArray()) {
      throw wrong(expected);
    }
    if (node.size() < least || node.size() > most) {
      throw SpecErrors.wrong(where(), "a list of " + node.size(), expected);
    }
    ImmutableList.Builder<JsonCursor> out = ImmutableList.builder();
    for (int i = 0; i < node.size(); i++) {
      out.add(new JsonCursor(file, path + "[" + i + "]", node.get(i)));
    }
    return out.build();
  }

  String text(String expected) {
    if (!node.isTextual() || node.textValue().isBlank()) {
      throw wrong(expected);
    }
    return node.textValue();
  }

  /** Texts that are not blank and all different. */
  List<String> texts(int most, String expected) {
    List<JsonCursor> items = items(0, most, expected);
    ImmutableList.Builder<String> out = ImmutableList.builder();
    ImmutableSet.Builder<String> seen = ImmutableSet.builder();
    int count = 0;
    for (JsonCursor item : items) {
      String text = item.text("a text");
      out.add(text);
      if (seen.add(text).build().size() != ++count) {
        throw SpecErrors.wrong(
            item.where(), item.found() + " for the second time", "every name once", "delete one");
      }
    }
    return out.build();
  }

  double number(Predicate<Double> fits, String expected) {
    // A number too large for f64 reads as infinite.
    if (!node.isNumber()
        || !Double.isFinite(node.doubleValue())
        || !fits.test(node.doubleValue())) {
      throw wrong(expected);
    }
    return node.doubleValue();
  }

  /** Values by names of any kind, at least one. */
  <T> Map<String, T> named(Function<JsonCursor, T> each, String expected) {
    if (!node.isObject() || node.isEmpty()) {
      throw wrong(expected);
    }
    ImmutableMap.Builder<String, T> out = ImmutableMap.builder();
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      String at = path + "." + field.getKey();
      out.put(field.getKey(), each.apply(new JsonCursor(file, at, field.getValue())));
    }
    return out.buildOrThrow();
  }

  long integer(long least, long most, String expected) {
    if (!node.isIntegralNumber()
        || !node.canConvertToLong()
        || node.longValue() < least
        || node.longValue() > most) {
      throw wrong(expected);
    }
    return node.longValue();
  }

  <T> T oneOf(Map<String, T> known) {
    String text = text("one of " + SpecErrors.listed(known.keySet()));
    T value = known.get(text);
    if (value == null) {
      throw SpecErrors.unknownChoice(where(), text, known.keySet());
    }
    return value;
  }

  /**
   * A name, or an object with a name, the given fields (read elsewhere) and options beside them.
   */
  Choice choice(String what, String... besides) {
    if (node.isTextual()) {
      return Choice.of(name(what));
    }
    if (!node.isObject()) {
      throw wrong("the name of " + what + ", or an object with a name and options");
    }
    String name = required("name", "the name of " + what).name(what);
    Set<String> read = ImmutableSet.<String>builder().add("name").add(besides).build();
    ImmutableMap.Builder<String, Setting> options = ImmutableMap.builder();
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      if (!read.contains(field.getKey())) {
        if (!OPTION.matcher(field.getKey()).matches() || node.size() > MOST_OPTIONS) {
          throw SpecErrors.wrong(
              where(),
              "the option " + InputException.quoted(field.getKey()),
              "at most " + MOST_OPTIONS + " options named by letters, digits and _");
        }
        options.put(
            field.getKey(),
            new JsonCursor(file, path + "." + field.getKey(), field.getValue()).setting());
      }
    }
    return new Choice(name, options.buildOrThrow());
  }

  private String name(String what) {
    String text = text("the name of " + what);
    if (!OpId.isValid(text)) {
      throw wrong("the name of " + what + " in lower case, digits and _");
    }
    return text;
  }

  private Setting setting() {
    String expected = "a finite number, true, false or a text";
    return switch (node.getNodeType()) {
      case NUMBER -> new Setting.Numeric(number(value -> true, expected));
      case BOOLEAN -> new Setting.Flag(node.booleanValue());
      case STRING -> new Setting.Word(node.textValue());
      case OBJECT, ARRAY, NULL, MISSING, BINARY, POJO -> throw wrong(expected);
    };
  }
}
