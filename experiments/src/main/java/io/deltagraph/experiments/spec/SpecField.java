package io.deltagraph.experiments.spec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Optional;

/**
 * A field of a spec. What it may hold and its default are said here alone: the reader, the
 * reference and the schema take them from here.
 *
 * @param path from the spec's top, such as {@code model.layers[].units}
 * @param kind what it may hold
 * @param absence what there is without it
 * @param example a value, as JSON
 * @param families the model families that it is for; none means all
 * @param meaning in sentences
 */
record SpecField<T>(
    String path,
    FieldKind<T> kind,
    Absence absence,
    String example,
    List<String> families,
    String meaning) {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  SpecField {
    families = ImmutableList.copyOf(families);
  }

  /** What there is where a field is not. */
  sealed interface Absence {

    /** The spec is refused; says what is missing. */
    record Refused(String expected) implements Absence {}

    /** A value, as JSON. */
    record Default(String json) implements Absence {}

    /** Something that no value says; in words. */
    record Meaning(String words) implements Absence {}
  }

  static <T> SpecField<T> required(
      String path, FieldKind<T> kind, String missing, String example, String meaning) {
    return new SpecField<>(
        path, kind, new Absence.Refused(missing), example, ImmutableList.of(), meaning);
  }

  static <T> SpecField<T> optional(
      String path, FieldKind<T> kind, String without, String example, String meaning) {
    return new SpecField<>(
        path, kind, new Absence.Meaning(without), example, ImmutableList.of(), meaning);
  }

  static <T> SpecField<T> defaulted(
      String path, FieldKind<T> kind, String json, String example, String meaning) {
    return new SpecField<>(
        path, kind, new Absence.Default(json), example, ImmutableList.of(), meaning);
  }

  /** The same, for some families of models alone. */
  SpecField<T> of(String... some) {
    return new SpecField<>(path, kind, absence, example, ImmutableList.copyOf(some), meaning);
  }

  /** The last part of the path. */
  String name() {
    return path.substring(path.lastIndexOf('.') + 1).replace("[]", "");
  }

  /** The path of what it stands in; empty for the spec itself. */
  String parent() {
    return path.contains(".") ? path.substring(0, path.lastIndexOf('.')) : "";
  }

  /** What is there, or its default; a field that must be there is complained of. */
  T read(JsonCursor parent) {
    Optional<T> there = optional(parent);
    if (there.isPresent()) {
      return there.get();
    }
    return switch (absence) {
      case Absence.Refused(String expected) ->
          kind.reader().apply(parent.required(name(), expected));
      case Absence.Default(String json) -> kind.reader().apply(cursor(parent, json));
      case Absence.Meaning ignored -> kind.reader().apply(parent.required(name(), kind.takes()));
    };
  }

  /** What is there, if it is. */
  Optional<T> optional(JsonCursor parent) {
    return parent.optional(name()).map(kind.reader());
  }

  private JsonCursor cursor(JsonCursor parent, String json) {
    return new JsonCursor(parent.file(), parent.path() + "." + name(), json(json));
  }

  static JsonNode json(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(text + " is no JSON.", e);
    }
  }
}
