package io.deltagraph.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltagraph.data.metrics.Score;
import java.util.OptionalDouble;

/** Numbers as JSON has them: what is not finite or not there is null. */
final class Json {
  private Json() {}

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static void put(ObjectNode object, String field, double value) {
    if (Double.isFinite(value)) {
      object.put(field, value);
    } else {
      object.putNull(field);
    }
  }

  static void add(ArrayNode array, double value) {
    if (Double.isFinite(value)) {
      array.add(value);
    } else {
      array.addNull();
    }
  }

  static void put(ObjectNode object, String field, OptionalDouble value) {
    put(object, field, value.orElse(Double.NaN));
  }

  static void put(ObjectNode object, String field, Score score) {
    put(object, field, score.number());
  }
}
