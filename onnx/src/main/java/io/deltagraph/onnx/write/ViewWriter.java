package io.deltagraph.onnx.write;

import com.google.common.primitives.Ints;
import io.deltagraph.exchange.OnnxRefusal;
import io.deltagraph.graph.IndexMap;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.Dim;
import io.deltagraph.type.Shape;
import io.deltagraph.type.TensorType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Views by what their index map says: a reshape, or slices, a transposition, axes added and
 * repeated; flips are slices with a step of −1. Any other map over known sizes is a Gather.
 */
final class ViewWriter {
  private final NodeList nodes;
  private final Sizes sizes;

  ViewWriter(NodeList nodes, Sizes sizes) {
    this.nodes = nodes;
    this.sizes = sizes;
  }

  /** Which input axis an output axis runs along, −1 for none, and by what steps. */
  private record Axis(int from, int step) {}

  /** The structure of a map: where each input axis starts, and what each output axis shows. */
  private record Parts(List<Integer> starts, List<Axis> axes) {}

  /**
   * Writes a view.
   *
   * @param map the index map for types of known sizes
   */
  String write(
      String x,
      TensorType input,
      TensorType output,
      BiFunction<TensorType, TensorType, IndexMap> map) {
    Map<String, Integer> bound = binding(input, output);
    TensorType from = input.bind(bound);
    TensorType to = output.bind(bound);
    IndexMap indices = map.apply(from, to);
    if (indices.equals(IndexMap.identity(to.shape().sizes()))
        && from.shape().elements() == to.shape().elements()) {
      return sizes.reshape(x, input.shape(), output.shape());
    }
    @Nullable Parts parts = parts(indices, from.shape().sizes(), to.shape().sizes());
    if (parts == null) {
      if (!input.shape().isFixed() || !output.shape().isFixed()) {
        throw new OnnxRefusal(
            "its index map over "
                + input.shape()
                + " is neither slices nor a transposition nor a repetition");
      }
      return gathered(x, indices, to.shape());
    }
    return moved(x, input.shape(), output.shape(), parts);
  }

  /** Sizes for named dimensions that no other size is mistaken for. */
  private static Map<String, Integer> binding(TensorType input, TensorType output) {
    Map<String, Integer> bound = new HashMap<>();
    int next = 1009;
    for (Dim dim : input.shape().concat(output.shape()).dims()) {
      if (dim instanceof Dim.Named named && !bound.containsKey(named.name())) {
        bound.put(named.name(), next);
        next += 2;
      }
    }
    return bound;
  }

  private static @Nullable Parts parts(IndexMap map, int[] from, int[] to) {
    int[] strides = IndexMap.rowMajor(from);
    int[] starts = new int[from.length];
    int rest = map.offset();
    for (int axis = 0; axis < from.length; axis++) {
      starts[axis] = strides[axis] == 0 ? 0 : rest / strides[axis];
      rest -= starts[axis] * strides[axis];
      if (starts[axis] >= Math.max(1, from[axis])) {
        return null;
      }
    }
    List<Axis> axes = new ArrayList<>();
    boolean[] taken = new boolean[from.length];
    for (int axis = 0; axis < to.length; axis++) {
      @Nullable Axis found = axis(map.strides().get(axis), to[axis], from, strides, starts, taken);
      if (found == null) {
        return null;
      }
      axes.add(found);
    }
    return rest == 0 ? new Parts(Ints.asList(starts), axes) : null;
  }

  private static @Nullable Axis axis(
      int stride, int size, int[] from, int[] strides, int[] starts, boolean[] taken) {
    if (stride == 0 || size == 1) {
      return new Axis(-1, 1);
    }
    for (int axis = 0; axis < from.length; axis++) {
      if (!taken[axis] && from[axis] > 1 && stride % strides[axis] == 0) {
        int step = stride / strides[axis];
        int last = starts[axis] + step * (size - 1);
        if (last >= 0 && last < from[axis]) {
          taken[axis] = true;
          return new Axis(axis, step);
        }
      }
    }
    return null;
  }

  private String moved(String x, Shape input, Shape output, Parts parts) {
    List<Integer> order = new ArrayList<>();
    Shape kept = Shape.scalar();
    for (int axis = 0; axis < output.rank(); axis++) {
      if (parts.axes().get(axis).from() >= 0) {
        order.add(parts.axes().get(axis).from());
        kept = kept.concat(Shape.of(output.dim(axis)));
      }
    }
    String sliced = sliced(x, input, output, parts);
    List<Integer> dropped =
        IntStream.range(0, input.rank()).filter(axis -> !order.contains(axis)).boxed().toList();
    String squeezed =
        dropped.isEmpty() ? sliced : nodes.add("Squeeze", sliced, nodes.constant(dropped));
    List<Integer> sorted = order.stream().sorted().toList();
    String ordered =
        sorted.equals(order)
            ? squeezed
            : nodes.add(
                "Transpose",
                Map.of("perm", order.stream().map(sorted::indexOf).toList()),
                squeezed);
    Shape ones = output;
    for (int axis = 0; axis < output.rank(); axis++) {
      ones = parts.axes().get(axis).from() < 0 ? ones.with(axis, Dim.of(1)) : ones;
    }
    return sizes.expand(sizes.reshape(ordered, kept, ones), ones, output);
  }

  private String sliced(String x, Shape input, Shape output, Parts parts) {
    List<Integer> starts = new ArrayList<>();
    List<Integer> ends = new ArrayList<>();
    List<Integer> axes = new ArrayList<>();
    List<Integer> steps = new ArrayList<>();
    for (int axis = 0; axis < input.rank(); axis++) {
      int start = parts.starts().get(axis);
      int step = 1;
      int count = 1;
      for (int k = 0; k < output.rank(); k++) {
        if (parts.axes().get(k).from() == axis) {
          step = parts.axes().get(k).step();
          count = output.dim(k).isFixed() ? output.dim(k).size() : -1;
        }
      }
      boolean whole = step == 1 && start == 0;
      if (whole && (count == -1 || input.dim(axis).equals(Dim.of(count)))) {
        continue;
      }
      if (count == -1 || !input.dim(axis).isFixed()) {
        throw new OnnxRefusal("it shows a part of the named dimension " + input.dim(axis));
      }
      int end = start + step * count;
      starts.add(start);
      ends.add(end < 0 ? Integer.MIN_VALUE : end);
      axes.add(axis);
      steps.add(step);
    }
    return axes.isEmpty()
        ? x
        : nodes.add(
            "Slice",
            x,
            nodes.constant(starts),
            nodes.constant(ends),
            nodes.constant(axes),
            nodes.constant(steps));
  }

  private String gathered(String x, IndexMap map, Shape shape) {
    int[] to = shape.sizes();
    int[] own = IndexMap.rowMajor(to);
    int[] strides = Ints.toArray(map.strides());
    Tensor places =
        Tensor.generate(
            new TensorType(DType.I64, shape),
            i -> {
              int place = map.offset();
              int left = i;
              for (int axis = 0; axis < to.length; axis++) {
                place += strides[axis] * (left / own[axis]);
                left %= own[axis];
              }
              return place;
            });
    String flat = nodes.add("Reshape", x, nodes.constant(List.of(-1)));
    return nodes.add("Gather", flat, nodes.constant(places));
  }
}
