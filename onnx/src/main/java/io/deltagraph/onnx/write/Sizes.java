package io.deltagraph.onnx.write;

import io.deltagraph.onnx.ElementTypes;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.Dim;
import io.deltagraph.type.Shape;
import io.deltagraph.type.TensorType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/** Shapes as values of the file: constants, or read off an input where a dimension has a name. */
final class Sizes {
  private record Place(String input, int axis) {}

  private final NodeList nodes;
  private final Map<Dim, Place> places = new HashMap<>();
  private final Map<Dim, String> read = new HashMap<>();

  Sizes(NodeList nodes) {
    this.nodes = nodes;
  }

  /** Named dimensions can be read off that input. */
  void readOff(String input, Shape shape) {
    for (int axis = 0; axis < shape.rank(); axis++) {
      if (!shape.dim(axis).isFixed()) {
        places.putIfAbsent(shape.dim(axis), new Place(input, axis));
      }
    }
  }

  /** The size of a dimension, a vector of one. */
  private String of(Dim dim) {
    if (dim.isFixed()) {
      return nodes.constant(List.of(dim.size()));
    }
    return read.computeIfAbsent(
        dim,
        key -> {
          Place place = Objects.requireNonNull(places.get(key), "a dimension that no input has");
          return nodes.add(
              "Gather", nodes.add("Shape", place.input()), nodes.constant(List.of(place.axis())));
        });
  }

  /** A shape, a vector of its sizes. */
  String of(Shape shape) {
    if (shape.isFixed()) {
      return nodes.constant(IntStream.of(shape.sizes()).boxed().toList());
    }
    return nodes.add(
        "Concat", Map.of("axis", 0), shape.dims().stream().map(this::of).toArray(String[]::new));
  }

  /** The product of sizes as a scalar of a type. */
  String product(List<Dim> dims, DType dtype) {
    Shape shape = Shape.of(dims);
    if (shape.isFixed()) {
      double product = IntStream.of(shape.sizes()).asDoubleStream().reduce(1, (a, b) -> a * b);
      return nodes.constant(Tensor.filled(TensorType.scalar(dtype), product));
    }
    return cast(nodes.add("ReduceProd", Map.of("keepdims", 0), of(shape)), DType.I64, dtype);
  }

  String cast(String value, DType from, DType to) {
    return from == to ? value : nodes.add("Cast", Map.of("to", ElementTypes.number(to)), value);
  }

  /** The value under another shape of as many elements. */
  String reshape(String value, Shape from, Shape to) {
    if (from.equals(to)) {
      return value;
    }
    long open = to.dims().stream().filter(dim -> !dim.isFixed()).count();
    boolean empty = to.dims().stream().anyMatch(dim -> dim.isFixed() && dim.size() == 0);
    String shape =
        open == 1 && !empty
            ? nodes.constant(
                to.dims().stream().map(dim -> dim.isFixed() ? dim.size() : -1).toList())
            : of(to);
    return nodes.add("Reshape", empty ? Map.of("allowzero", 1) : Map.of(), value, shape);
  }

  /** The value repeated up to a shape that its own broadcasts to. */
  String expand(String value, Shape from, Shape to) {
    return from.equals(to) ? value : nodes.add("Expand", value, of(to));
  }
}
