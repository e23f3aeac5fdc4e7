package io.deltagraph.ops;

import com.google.common.collect.ImmutableMap;
import io.deltagraph.exchange.OnnxForm;
import io.deltagraph.exchange.OnnxForms;
import io.deltagraph.exchange.OnnxNode;
import io.deltagraph.graph.InputTypes;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.Reduction;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The forms in ONNX of those core ops that are loops, or fold parts together. */
public final class CoreForms implements OnnxForms {
  /** Adding at places came to ONNX's scattering ops with this version. */
  private static final int ADDS = 16;

  @Override
  public Map<OpId, OnnxForm> forms() {
    return ImmutableMap.<OpId, OnnxForm>builder()
        .put(OpId.of("concat"), one(CoreForms::concat))
        .put(OpId.of("gather"), one(CoreForms::gather))
        .put(OpId.of("pad"), one(CoreForms::pad))
        .put(OpId.of("cumsum"), one(CoreForms::cumulated))
        .put(OpId.of("one_hot"), one(CoreForms::oneHot))
        .put(OpId.of("take_along_axis"), one(CoreForms::takeAlong))
        .put(OpId.of("add_along_axis"), one(CoreForms::addAlong))
        .put(OpId.of("scatter_add"), one(CoreForms::scattered))
        .put(OpId.of("element_count"), one(CoreForms::count))
        .put(OpId.of("arg_max"), one(node -> place(node, "ArgMax")))
        .put(OpId.of("arg_min"), one(node -> place(node, "ArgMin")))
        .put(OpId.of("log_sum_exp"), one(CoreForms::logOfSum))
        .put(OpId.of("variance"), one(node -> moments(node).get(1)))
        .put(OpId.of("mean_and_variance"), CoreForms::moments)
        .put(OpId.of("sort"), one(node -> sorted(node).get(0)))
        .put(OpId.of("arg_sort"), one(node -> sorted(node).get(1)))
        .put(OpId.of("sort_with_order"), CoreForms::sorted)
        .put(OpId.of("top_k"), CoreForms::largest)
        .buildOrThrow();
  }

  /** A form of one output. */
  private interface One {
    String write(OnnxNode node);
  }

  private static OnnxForm one(One form) {
    return node -> List.of(form.write(node));
  }

  private static String numbers(OnnxNode node, List<Integer> numbers) {
    return node.constant(Tensor.longs(numbers.stream().mapToLong(Integer::longValue).toArray()));
  }

  private static String scalar(OnnxNode node, DType dtype, double value) {
    return node.constant(Tensor.filled(TensorType.scalar(dtype), value));
  }

  private static int axis(OnnxNode node, int axis) {
    return node.type(0).shape().axis(axis);
  }

  private static String concat(OnnxNode node) {
    int axis = axis(node, node.attributes(Concat.Along.class).axis());
    return node.write("Concat", Map.of("axis", axis), node.inputs().toArray(String[]::new));
  }

  private static String gather(OnnxNode node) {
    int axis = axis(node, node.attributes(Gather.Along.class).axis());
    return node.write("Gather", Map.of("axis", axis), node.input(0), node.input(1));
  }

  private static String pad(OnnxNode node) {
    Pad.Edges edges = node.attributes(Pad.Edges.class);
    int rank = node.type(0).rank();
    Integer[] pads = IntStream.range(0, 2 * rank).map(i -> 0).boxed().toArray(Integer[]::new);
    pads[axis(node, edges.axis())] = edges.before();
    pads[rank + axis(node, edges.axis())] = edges.after();
    String value = scalar(node, node.type(0).dtype(), edges.value());
    return node.write("Pad", Map.of(), node.input(0), numbers(node, List.of(pads)), value);
  }

  private static String cumulated(OnnxNode node) {
    CumSum.Along along = node.attributes(CumSum.Along.class);
    String axis = scalar(node, DType.I64, axis(node, along.axis()));
    Map<String, Integer> reverse = Map.of("reverse", along.reverse() ? 1 : 0);
    return node.write("CumSum", reverse, node.input(0), axis);
  }

  /** Not as OneHot, which ONNX Runtime does not have for f64. */
  private static String oneHot(OnnxNode node) {
    OneHot.Classes classes = node.attributes(OneHot.Classes.class);
    TensorType indices = node.type(0).with(DType.I64);
    String places = node.cast(node.input(0), node.type(0), indices);
    String column = node.write("Unsqueeze", Map.of(), places, numbers(node, List.of(-1)));
    List<Integer> known = IntStream.range(0, classes.depth()).boxed().toList();
    String hits = node.write("Equal", Map.of(), column, numbers(node, known));
    return node.cast(hits, TensorType.scalar(DType.BOOL), node.output(0));
  }

  private static String takeAlong(OnnxNode node) {
    int axis = axis(node, node.attributes(TakeAlongAxis.Along.class).axis());
    return node.write("GatherElements", Map.of("axis", axis), node.input(0), node.input(1));
  }

  private static String addAlong(OnnxNode node) {
    requireAdding(node);
    int axis = axis(node, node.attributes(AddAlongAxis.Along.class).axis());
    return node.write(
        "ScatterElements",
        Map.of("axis", axis, "reduction", "add"),
        node.inputs().toArray(String[]::new));
  }

  private static void requireAdding(OnnxNode node) {
    if (node.opset() < ADDS) {
      throw node.refuse(
          "ONNX adds at places from opset " + ADDS + " on; ask for that or a later one");
    }
  }

  /** ScatterND counts places along the first axis: the axis goes there and back. */
  private static String scattered(OnnxNode node) {
    requireAdding(node);
    int axis = axis(node, node.attributes(ScatterAdd.Along.class).axis());
    int indices = node.type(1).rank();
    String base = moved(node, node.input(0), axis, 1, 0, node.type(0).rank());
    String updates = moved(node, node.input(2), axis, indices, 0, node.type(2).rank());
    TensorType wide = node.type(1).with(DType.I64);
    String places = node.cast(node.input(1), node.type(1), wide);
    String column = node.write("Unsqueeze", Map.of(), places, numbers(node, List.of(-1)));
    String sum = node.write("ScatterND", Map.of("reduction", "add"), base, column, updates);
    return moved(node, sum, 0, 1, axis, node.type(0).rank());
  }

  /** {@code count} neighbouring axes moved to another place. */
  private static String moved(OnnxNode node, String x, int from, int count, int to, int rank) {
    if (from == to) {
      return x;
    }
    List<Integer> order = new ArrayList<>(IntStream.range(0, rank).boxed().toList());
    List<Integer> taken = new ArrayList<>(order.subList(from, from + count));
    order.removeAll(taken);
    order.addAll(to, taken);
    return node.write("Transpose", Map.of("perm", order), x);
  }

  private static String count(OnnxNode node) {
    List<Integer> axes = node.attributes(ElementCount.Over.class).axes();
    List<Integer> own = axes.stream().map(axis -> axis(node, axis)).distinct().toList();
    return node.count(0, axes.isEmpty() ? all(node) : own);
  }

  private static List<Integer> all(OnnxNode node) {
    return IntStream.range(0, node.type(0).rank()).boxed().toList();
  }

  private static List<Integer> axes(OnnxNode node, Reduction.Axes axes) {
    return axes.of(new InputTypes(List.of(node.type(0))));
  }

  /** Several axes are merged into one, in which places are counted. */
  private static String place(OnnxNode node, String operator) {
    Reduction.Axes given = node.attributes(Reduction.Axes.class);
    List<Integer> axes = axes(node, given);
    String x = node.input(0);
    int axis = axes.isEmpty() ? 0 : axes.getFirst();
    if (axes.size() != 1) {
      List<Integer> order = new ArrayList<>(all(node));
      order.removeAll(axes);
      axis = order.size();
      List<Integer> merged = new ArrayList<>(order.stream().map(kept -> 0).toList());
      merged.add(-1);
      order.addAll(axes);
      String last = order.equals(all(node)) ? x : node.write("Transpose", Map.of("perm", order), x);
      x = node.write("Reshape", Map.of(), last, numbers(node, merged));
    }
    String found = node.write(operator, Map.of("axis", axis, "keepdims", 0), x);
    String kept =
        given.keepdims() && !axes.isEmpty()
            ? node.write("Unsqueeze", Map.of(), found, numbers(node, axes))
            : found;
    return node.cast(kept, TensorType.scalar(DType.I64), node.output(0));
  }

  private static String dropped(OnnxNode node, String x, Reduction.Axes given) {
    List<Integer> axes = axes(node, given);
    return given.keepdims() || axes.isEmpty()
        ? x
        : node.write("Squeeze", Map.of(), x, numbers(node, axes));
  }

  /** {@code m + ln Σ e^(x − m)} with the largest as m, or 0 where that is infinite. */
  private static String logOfSum(OnnxNode node) {
    Reduction.Axes given = node.attributes(Reduction.Axes.class);
    DType dtype = node.type(0).dtype();
    String x = node.input(0);
    String top = node.fold("ReduceMax", x, axes(node, given), true);
    String infinity = scalar(node, dtype, Double.POSITIVE_INFINITY);
    String far = node.write("Equal", Map.of(), node.write("Abs", Map.of(), top), infinity);
    String shift = node.write("Where", Map.of(), far, scalar(node, dtype, 0), top);
    String power = node.write("Exp", Map.of(), node.write("Sub", Map.of(), x, shift));
    String sum = node.fold("ReduceSum", power, axes(node, given), true);
    String log = node.write("Log", Map.of(), sum);
    return dropped(node, node.write("Add", Map.of(), log, shift), given);
  }

  /** Mean and variance, by the deviations from the mean less their own mean. */
  private static List<String> moments(OnnxNode node) {
    Variance.Of of = node.attributes(Variance.Of.class);
    Reduction.Axes given = new Reduction.Axes(of.axes(), of.keepdims());
    List<Integer> axes = axes(node, given);
    String x = node.input(0);
    String count = node.count(0, axes);
    String mean = node.write("Div", Map.of(), node.fold("ReduceSum", x, axes, true), count);
    String near = node.write("Sub", Map.of(), x, mean);
    String rest = node.write("Div", Map.of(), node.fold("ReduceSum", near, axes, true), count);
    String deviation = node.write("Sub", Map.of(), near, rest);
    String square = node.write("Mul", Map.of(), deviation, deviation);
    String free =
        node.write("Sub", Map.of(), count, scalar(node, node.type(0).dtype(), of.correction()));
    String variance = node.write("Div", Map.of(), node.fold("ReduceSum", square, axes, true), free);
    return List.of(dropped(node, mean, given), dropped(node, variance, given));
  }

  private static List<String> sorted(OnnxNode node) {
    Sort.Along along =
        node.attributes(Record.class) instanceof ArgSort.Along(int axis, boolean descending)
            ? new Sort.Along(axis, descending)
            : node.attributes(Sort.Along.class);
    int axis = axis(node, along.axis());
    TensorType counted = TensorType.scalar(node.type(0).dtype());
    String size = node.cast(node.count(0, List.of(axis)), counted, TensorType.scalar(DType.I64));
    String k = node.write("Reshape", Map.of(), size, numbers(node, List.of(1)));
    return top(node, k, axis, along.descending());
  }

  private static List<String> largest(OnnxNode node) {
    TopK.Largest largest = node.attributes(TopK.Largest.class);
    return top(node, numbers(node, List.of(largest.k())), axis(node, largest.axis()), true);
  }

  /** No number counts as infinity: ONNX Runtime puts it anywhere, and drops others beside it. */
  private static List<String> top(OnnxNode node, String k, int axis, boolean descending) {
    Map<String, Integer> attributes = Map.of("axis", axis, "largest", descending ? 1 : 0);
    String x = node.input(0);
    DType dtype = node.type(0).dtype();
    String key = x;
    if (dtype.isFloat()) {
      String isNumber = node.write("Equal", Map.of(), x, x);
      String infinity = scalar(node, dtype, Double.POSITIVE_INFINITY);
      key = node.write("Where", Map.of(), isNumber, x, infinity);
    }
    List<String> found = node.writeAll("TopK", 2, attributes, key, k);
    String values =
        dtype.isFloat()
            ? node.write("GatherElements", Map.of("axis", axis), x, found.get(1))
            : found.get(0);
    TensorType places = TensorType.scalar(DType.I32);
    return List.of(values, node.cast(found.get(1), TensorType.scalar(DType.I64), places));
  }
}
