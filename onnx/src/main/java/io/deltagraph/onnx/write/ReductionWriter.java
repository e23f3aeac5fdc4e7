package io.deltagraph.onnx.write;

import io.deltagraph.exchange.OnnxRefusal;
import io.deltagraph.graph.InputTypes;
import io.deltagraph.graph.Lane;
import io.deltagraph.graph.LaneOp;
import io.deltagraph.graph.Lanes;
import io.deltagraph.graph.Reduction;
import io.deltagraph.type.DType;
import io.deltagraph.type.Dim;
import io.deltagraph.type.TensorType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Folds whose parts are sums, products, largest or smallest each by itself: what is folded and what
 * is made of the result are lane expressions.
 */
final class ReductionWriter {
  /**
   * ONNX's folds that take their axes as an input from this version on, as ReduceSum did before.
   */
  private static final int AXES_ARE_INPUTS = 18;

  private final NodeList nodes;
  private final Sizes sizes;

  ReductionWriter(NodeList nodes, Sizes sizes) {
    this.nodes = nodes;
    this.sizes = sizes;
  }

  List<String> write(Reduction<Record> op, Record attributes, InputTypes types, String x) {
    TensorType type = types.get(0);
    List<Integer> axes = op.axes(attributes).of(types);
    boolean keepdims = op.axes(attributes).keepdims();
    Lane input = Lane.input(0, type.dtype());
    Lane index = Lane.input(1, DType.I64);
    Lanes prepared = op.prepare(attributes, input, index);
    if (prepared.all().stream().anyMatch(lane -> uses(lane, index))) {
      throw new OnnxRefusal("it folds the places of elements");
    }
    List<String> totals = folded(op, attributes, prepared, x, axes, keepdims);
    List<Dim> counted = axes.stream().map(type.shape()::dim).toList();
    List<Lane> results = new ArrayList<>();
    for (int i = 0; i < prepared.size(); i++) {
      results.add(Lane.input(i, prepared.get(i).dtype()));
    }
    Lane count = Lane.input(prepared.size(), type.dtype());
    List<Lane> finished = op.finishAll(attributes, new Lanes(results), count).all();
    if (finished.stream().anyMatch(lane -> uses(lane, count))) {
      totals = new ArrayList<>(totals);
      totals.add(sizes.product(counted, type.dtype()));
    }
    LaneWriter last = new LaneWriter(nodes, sizes, totals);
    return finished.stream().map(last::write).toList();
  }

  private List<String> folded(
      Reduction<Record> op,
      Record attributes,
      Lanes prepared,
      String x,
      List<Integer> axes,
      boolean keepdims) {
    int parts = prepared.size();
    List<Lane> left = new ArrayList<>();
    List<Lane> right = new ArrayList<>();
    for (int i = 0; i < parts; i++) {
      left.add(Lane.input(i, prepared.get(i).dtype()));
      right.add(Lane.input(parts + i, prepared.get(i).dtype()));
    }
    Lanes combined = op.combine(attributes, new Lanes(left), new Lanes(right));
    LaneWriter first = new LaneWriter(nodes, sizes, List.of(x));
    List<String> totals = new ArrayList<>();
    for (int i = 0; i < parts; i++) {
      Lane rule = combined.get(i);
      if (rule.arguments().size() != 2
          || !isInput(rule.arguments().get(0), i)
          || !isInput(rule.arguments().get(1), parts + i)) {
        throw new OnnxRefusal("its parts are folded together, as no fold of ONNX is");
      }
      totals.add(folded(rule.op(), first.write(prepared.get(i)), rule.dtype(), axes, keepdims));
    }
    return totals;
  }

  private static boolean isInput(Lane lane, int index) {
    return lane.op() == LaneOp.INPUT && lane.input() == index;
  }

  private static boolean uses(Lane root, Lane input) {
    Deque<Lane> open = new ArrayDeque<>(List.of(root));
    while (!open.isEmpty()) {
      Lane lane = open.removeLast();
      if (lane.equals(input)) {
        return true;
      }
      open.addAll(lane.arguments());
    }
    return false;
  }

  private String folded(LaneOp rule, String x, DType dtype, List<Integer> axes, boolean keepdims) {
    if (rule == LaneOp.ADD) {
      return fold("ReduceSum", x, axes, keepdims);
    }
    if (rule == LaneOp.MULTIPLY) {
      return fold("ReduceProd", x, axes, keepdims);
    }
    if (rule == LaneOp.MAXIMUM || rule == LaneOp.MINIMUM) {
      return extreme(rule == LaneOp.MAXIMUM ? "ReduceMax" : "ReduceMin", x, dtype, axes, keepdims);
    }
    throw new OnnxRefusal("no fold of ONNX follows the rule " + rule);
  }

  /** ONNX Runtime's largest and smallest overlook what is no number, unless it comes first. */
  private String extreme(
      String operator, String x, DType dtype, List<Integer> axes, boolean keepdims) {
    String found = fold(operator, x, axes, keepdims);
    if (!dtype.isFloat()) {
      return found;
    }
    String bad = sizes.cast(nodes.add("Not", nodes.add("Equal", x, x)), DType.BOOL, DType.I32);
    String any =
        nodes.add("Greater", fold("ReduceMax", bad, axes, keepdims), nodes.constant(DType.I32, 0));
    return nodes.add("Where", any, nodes.constant(dtype, Double.NaN), found);
  }

  /** A fold of ONNX over some axes. */
  String fold(String operator, String x, List<Integer> axes, boolean keepdims) {
    if (axes.isEmpty()) {
      return nodes.add("Identity", x); // of one number; to ONNX no axes are all
    }
    int keep = keepdims ? 1 : 0;
    return operator.equals("ReduceSum") || nodes.opset() >= AXES_ARE_INPUTS
        ? nodes.add(operator, Map.of("keepdims", keep), x, nodes.constant(axes))
        : nodes.add(operator, Map.of("keepdims", keep, "axes", axes), x);
  }

  /** All axes of a shape. */
  static List<Integer> all(int rank) {
    return IntStream.range(0, rank).boxed().toList();
  }
}
