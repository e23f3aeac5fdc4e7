package io.deltagraph.onnx.read;

import io.deltagraph.onnxproto.AttributeProto;
import io.deltagraph.onnxproto.AttributeProto.AttributeType;
import io.deltagraph.tensor.Tensor;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The attributes of a node. Those that nobody asks for are refused: they would change the result.
 */
final class Attributes {
  private final FilePlace place;
  private final Map<String, AttributeProto> all = new HashMap<>();
  private final Set<String> asked = new HashSet<>();

  Attributes(List<AttributeProto> attributes, FilePlace place) {
    this.place = place;
    for (AttributeProto attribute : attributes) {
      if (all.put(attribute.getName(), attribute) != null) {
        throw place.refuse(
            "the attribute " + FilePlace.quoted(attribute.getName()) + " twice",
            "it once",
            FilePlace.AGAIN);
      }
    }
  }

  /** The attribute of that name and type, if it is there. */
  private Optional<AttributeProto> find(String name, AttributeType type) {
    asked.add(name);
    Optional<AttributeProto> found = Optional.ofNullable(all.get(name));
    found.ifPresent(attribute -> {
      if (attribute.getType() != type || !attribute.getRefAttrName().isEmpty()) {
        throw at(name)
            .refuse(
                attribute.getRefAttrName().isEmpty()
                    ? "the type " + attribute.getTypeValue()
                    : "a reference to an attribute of a function",
                "the type " + type.getNumber() + " (" + type + ")",
                FilePlace.AGAIN);
      }
    });
    return found;
  }

  private FilePlace at(String name) {
    return place.at("attribute " + FilePlace.quoted(name));
  }

  boolean has(String name) {
    return all.containsKey(name);
  }

  long integer(String name, long fallback) {
    return find(name, AttributeType.INT).map(AttributeProto::getI).orElse(fallback);
  }

  /** A whole number that has no default. */
  long integer(String name) {
    return find(name, AttributeType.INT).map(AttributeProto::getI).orElseThrow(() -> missing(name));
  }

  boolean flag(String name, boolean fallback) {
    return integer(name, fallback ? 1 : 0) != 0;
  }

  /** Attributes are single precision, their defaults too. */
  double number(String name, float fallback) {
    return find(name, AttributeType.FLOAT).map(AttributeProto::getF).orElse(fallback);
  }

  Optional<List<Long>> integers(String name) {
    return find(name, AttributeType.INTS).map(AttributeProto::getIntsList);
  }

  Optional<List<Float>> numbers(String name) {
    return find(name, AttributeType.FLOATS).map(AttributeProto::getFloatsList);
  }

  /** One of several words. */
  String word(String name, String fallback, Set<String> known) {
    String word =
        find(name, AttributeType.STRING)
            .map(attribute -> attribute.getS().toStringUtf8())
            .orElse(fallback);
    if (!known.contains(word)) {
      throw at(name)
          .refuse(
              FilePlace.quoted(word),
              "one of " + new TreeSet<>(known),
              "export it in another form");
    }
    return word;
  }

  /** Any text, which has no default. */
  String text(String name) {
    return find(name, AttributeType.STRING)
        .map(attribute -> attribute.getS().toStringUtf8())
        .orElseThrow(() -> missing(name));
  }

  Optional<Tensor> tensor(String name) {
    return find(name, AttributeType.TENSOR)
        .map(attribute -> Tensors.read(attribute.getT(), at(name)));
  }

  private ReadRefusal missing(String name) {
    return place.refuse(
        "no attribute " + FilePlace.quoted(name), "one, which has no default", FilePlace.AGAIN);
  }

  /** Nothing depends on it when a graph only infers. */
  void ignore(String... names) {
    asked.addAll(List.of(names));
  }

  /** Refuses what nobody has asked for. */
  void end() {
    all.forEach((name, attribute) -> {
      if (!asked.contains(name)) {
        throw at(name)
            .refuse(
                "an attribute that this op does not have, or not with its other ones",
                asked.isEmpty() ? "none" : "only " + new TreeSet<>(asked),
                FilePlace.AGAIN);
      }
    });
  }
}
