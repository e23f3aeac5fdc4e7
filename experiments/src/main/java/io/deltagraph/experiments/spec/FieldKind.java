package io.deltagraph.experiments.spec;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What a field may hold: how it is read and checked, said in words, and said in JSON Schema.
 *
 * @param takes in words, as errors and the reference say it
 * @param reader reads and checks it
 * @param schema what JSON Schema can say of it, without the fields inside
 * @param shape what stands inside
 */
record FieldKind<T>(
    String takes, Function<JsonCursor, T> reader, ObjectNode schema, FieldKind.Shape shape) {

  /** What stands inside a field. */
  enum Shape {
    /** Nothing that has a line of its own. */
    VALUE,
    /** Fields. */
    GROUP,
    /** A list of groups. */
    LIST,
    /** A name, or a name with fields and options. */
    CHOICE,
    /** A word, or an object of fields. */
    WORD_OR_GROUP
  }

  private static <T> FieldKind<T> value(
      String takes, Function<JsonCursor, T> reader, ObjectNode schema) {
    return new FieldKind<>(takes, reader, schema, Shape.VALUE);
  }

  static FieldKind<Long> integer(long least, long most, String takes) {
    return value(
        takes,
        at -> at.integer(least, most, takes),
        typed("integer").put("minimum", least).put("maximum", most));
  }

  static FieldKind<Integer> count(int least, int most) {
    FieldKind<Long> whole = integer(least, most, "a whole number from " + least + " to " + most);
    return value(whole.takes, at -> whole.reader.apply(at).intValue(), whole.schema);
  }

  /** A whole number, or a word in place of the number that stands for it. */
  static FieldKind<Integer> countOr(String word, int instead, int least, int most) {
    String takes = "'" + word + "' or a whole number from " + least;
    ObjectNode schema = object();
    schema.putArray("anyOf").add(word(word)).add(integer(least, most, takes).schema);
    return value(
        takes,
        at ->
            at.node().isTextual() && at.node().textValue().equals(word)
                ? instead
                : (int) at.integer(least, most, takes),
        schema);
  }

  static FieldKind<Double> number() {
    return number("a finite number", value -> true, typed("number"));
  }

  static FieldKind<Double> above0() {
    return number(
        "a number above 0", value -> value > 0, typed("number").put("exclusiveMinimum", 0));
  }

  static FieldKind<Double> atLeast0() {
    return number("a number not below 0", value -> value >= 0, typed("number").put("minimum", 0));
  }

  static FieldKind<Double> not0() {
    ObjectNode schema = typed("number");
    schema.set("not", object().put("const", 0));
    return number("a number other than 0", value -> value != 0, schema);
  }

  static FieldKind<Double> share() {
    return number(
        "a share from 0 to below 1",
        value -> value >= 0 && value < 1,
        typed("number").put("minimum", 0).put("exclusiveMaximum", 1));
  }

  private static FieldKind<Double> number(String takes, Predicate<Double> fits, ObjectNode schema) {
    return value(takes, at -> at.number(fits, takes), schema);
  }

  static FieldKind<String> text(String takes) {
    return value(takes, at -> at.text(takes), typed("string").put("pattern", "\\S"));
  }

  /** Names that are all different. */
  static FieldKind<List<String>> texts(int most, String takes) {
    ObjectNode schema = typed("array").put("maxItems", most).put("uniqueItems", true);
    schema.set("items", typed("string").put("pattern", "\\S"));
    return value(takes, at -> at.texts(most, takes), schema);
  }

  static <T> FieldKind<T> oneOf(Map<String, T> known) {
    ObjectNode schema = object();
    known.keySet().forEach(schema.putArray("enum")::add);
    return value("one of " + SpecErrors.listed(known.keySet()), at -> at.oneOf(known), schema);
  }

  /** Different words, by what they stand for. */
  static <T> FieldKind<List<T>> someOf(Map<String, T> known) {
    String takes = "a list of some of " + SpecErrors.listed(known.keySet());
    FieldKind<T> one = oneOf(known);
    ObjectNode schema = typed("array").put("uniqueItems", true);
    schema.set("items", one.schema);
    return value(
        takes,
        at -> {
          ImmutableList.Builder<T> out = ImmutableList.builder();
          at.items(0, known.size(), takes).forEach(item -> out.add(one.reader.apply(item)));
          at.texts(known.size(), takes);
          return out.build();
        },
        schema);
  }

  /** An object whose fields are read one by one. */
  static FieldKind<JsonCursor> group(String takes) {
    return new FieldKind<>(takes, at -> at, typed("object"), Shape.GROUP);
  }

  /** A list of such objects. */
  static FieldKind<List<JsonCursor>> list(int least, int most, String of) {
    String takes = "a list of " + least + " to " + most + " " + of;
    return new FieldKind<>(
        takes,
        at -> at.items(least, most, takes),
        typed("array").put("minItems", least).put("maxItems", most),
        Shape.LIST);
  }

  /**
   * A name, or an object with a name, options and fields.
   *
   * @param what the name is of
   */
  static FieldKind<Choice> choice(String what, List<String> besides) {
    return new FieldKind<>(
        "the name of " + what + ", or an object with its name and options",
        at -> at.choice(what, besides.toArray(String[]::new)),
        object(),
        Shape.CHOICE);
  }

  /** One of some words, or an object whose fields are read one by one. */
  static FieldKind<JsonCursor> wordOrGroup(List<String> words, String takes) {
    ObjectNode schema = object();
    words.forEach(schema.putArray("enum")::add);
    return new FieldKind<>(takes, at -> at, schema, Shape.WORD_OR_GROUP);
  }

  /** One of some words for all, or one for each of what is named in an object. */
  static <T, R> FieldKind<R> oneOfEach(
      Map<String, T> known, Function<T, R> all, Function<Map<String, T>, R> each, String named) {
    FieldKind<T> one = oneOf(known);
    String takes = one.takes + ", or an object with one for each " + named;
    ObjectNode words = typed("object").put("minProperties", 1);
    words.set("additionalProperties", one.schema);
    ObjectNode schema = object();
    schema.putArray("anyOf").add(one.schema).add(words);
    return value(
        takes,
        at ->
            at.node().isObject()
                ? each.apply(at.named(one.reader, takes))
                : all.apply(one.reader.apply(at)),
        schema);
  }

  /** A word, or numbers not below 0 by names that are not known before the data are. */
  static <T> FieldKind<T> wordOrNumbers(
      String word, T instead, Function<Map<String, Double>, T> of, String takes) {
    ObjectNode numbers = typed("object").put("minProperties", 1);
    numbers.set("additionalProperties", atLeast0().schema);
    ObjectNode schema = object();
    schema.putArray("anyOf").add(word(word)).add(numbers);
    return value(
        takes,
        at -> {
          if (at.node().isTextual() && at.node().textValue().equals(word)) {
            return instead;
          }
          return of.apply(at.named(atLeast0().reader, takes));
        },
        schema);
  }

  private static ObjectNode word(String word) {
    return object().put("const", word);
  }

  private static ObjectNode typed(String type) {
    return object().put("type", type);
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
