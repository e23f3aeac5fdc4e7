package io.deltagraph.check;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.deltagraph.graph.Apply;
import io.deltagraph.graph.Constant;
import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.Reachable;
import io.deltagraph.graph.Value;
import io.deltagraph.tensor.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Some values and all that they are computed from, without composites, with their numbers at one
 * point.
 *
 * @param roots the values, with the bodies of composites in their place: in a sum over many tensors
 *     the part of each is a value of its own
 * @param point inputs and parameters by name
 * @param numbers of the roots and of whatever an op computes on the way to them
 */
record PointValues(List<Value> roots, Map<String, Tensor> point, Map<Value, Tensor> numbers) {
  PointValues {
    roots = ImmutableList.copyOf(roots);
    point = ImmutableMap.copyOf(point);
    numbers = ImmutableMap.copyOf(numbers);
  }

  /** Computes all of them. */
  static PointValues of(List<Value> values, Map<String, Tensor> point) {
    List<Value> roots = expanded(values);
    List<Value> computed =
        Reachable.from(roots).stream().filter(value -> value instanceof Apply).toList();
    Map<Value, Tensor> numbers = new HashMap<>();
    GraphBuilder builder = values.getFirst().builder();
    point.forEach(
        (name, tensor) -> builder.named(name).ifPresent(value -> numbers.put(value, tensor)));
    if (!computed.isEmpty()) {
      try (Program program = Program.plain(computed, point.keySet())) {
        List<Tensor> results = program.run(point);
        for (int i = 0; i < computed.size(); i++) {
          numbers.put(computed.get(i), results.get(i));
        }
      }
    }
    return new PointValues(roots, point, numbers);
  }

  /** The numbers of a root, or of what an op computes on the way to one. */
  Tensor of(Value value) {
    return value instanceof Constant constant
        ? constant.tensor()
        : requireNonNull(numbers.get(value));
  }

  private static List<Value> expanded(List<Value> values) {
    Map<Value, Value> inner = new HashMap<>();
    // A body is made before its composite, and so comes first.
    for (Value value :
        Reachable.along(values, node -> node.body().map(List::of).orElse(node.inputs()))) {
      inner.put(value, value instanceof Apply node ? expanded(node, inner) : value);
    }
    return values.stream().map(value -> requireNonNull(inner.get(value))).toList();
  }

  private static Value expanded(Apply node, Map<Value, Value> inner) {
    if (node.body().isPresent()) {
      return requireNonNull(inner.get(node.body().get()));
    }
    List<Value> inputs = node.inputs().stream().map(inner::get).toList();
    return inputs.equals(node.inputs()) ? node : node.on(inputs);
  }
}
