package io.deltagraph.onnx.read;

import io.deltagraph.graph.Value;
import io.deltagraph.ops.ArgMax;
import io.deltagraph.ops.ArgMin;
import io.deltagraph.ops.CumSum;
import io.deltagraph.ops.LogSumExp;
import io.deltagraph.ops.Max;
import io.deltagraph.ops.Mean;
import io.deltagraph.ops.Min;
import io.deltagraph.ops.Norm1;
import io.deltagraph.ops.Norm2;
import io.deltagraph.ops.Pad;
import io.deltagraph.ops.Prod;
import io.deltagraph.ops.Slice;
import io.deltagraph.ops.Sum;
import io.deltagraph.type.DType;
import io.deltagraph.type.Shape;
import java.util.List;
import java.util.stream.IntStream;

/** Operators that fold axes, or run along one. */
final class ReductionOperators {
  /** From here on the axes of a reduction are an input. */
  private static final int AXES_AS_INPUT = 18;

  private ReductionOperators() {}

  /** A reduction over axes, at least one. */
  @FunctionalInterface
  private interface Fold {
    Value of(Value x, List<Integer> axes, boolean keepdims);
  }

  static void add(Operators table) {
    table.one("ReduceSum", node -> reduce(node, 13, Sum::of));
    fold(table, "ReduceMean", Mean::of);
    fold(table, "ReduceMax", Max::of);
    fold(table, "ReduceMin", Min::of);
    fold(table, "ReduceProd", Prod::of);
    fold(table, "ReduceL1", Norm1::of);
    fold(table, "ReduceL2", Norm2::of);
    fold(table, "ReduceLogSumExp", LogSumExp::of);
    fold(table, "ReduceLogSum", (x, axes, keepdims) -> Sum.of(x, axes, keepdims).log());
    fold(table, "ReduceSumSquare", (x, axes, keepdims) -> Sum.of(x.square(), axes, keepdims));
    table.one("GlobalAveragePool", node -> Mean.of(node.value(0), beyond(node.value(0)), true));
    table.one("GlobalMaxPool", node -> Max.of(node.value(0), beyond(node.value(0)), true));
    table.one("ArgMax", node -> position(node, ArgMax::of));
    table.one("ArgMin", node -> position(node, ArgMin::of));
    table.one("CumSum", ReductionOperators::cumulative);
  }

  private static void fold(Operators table, String name, Fold fold) {
    table.one(name, node -> reduce(node, AXES_AS_INPUT, fold));
  }

  /** Without axes all of them, or with noop_with_empty_axes none. */
  private static Value reduce(Node node, int asInput, Fold fold) {
    Value x = node.value(0);
    boolean keepdims = node.attributes().flag("keepdims", true);
    List<Long> axes;
    boolean none = false;
    if (node.opset() >= asInput) {
      axes = node.integers(1).orElse(List.of());
      none = node.attributes().flag("noop_with_empty_axes", false);
    } else {
      axes = node.attributes().integers("axes").orElse(List.of());
    }
    if (axes.isEmpty() && none) {
      return x;
    }
    List<Integer> folded =
        axes.isEmpty() ? IntStream.range(0, x.shape().rank()).boxed().toList() : node.axes(axes, x);
    return ElementwiseOperators.exactly(x, some -> fold.of(some, folded, keepdims));
  }

  /** The axes after rows and channels. */
  private static List<Integer> beyond(Value x) {
    return IntStream.range(2, x.shape().rank()).boxed().toList();
  }

  /** The first position of several, or the last. */
  private static Value position(Node node, Fold fold) {
    Value x = node.value(0);
    Value numbers = x.dtype().isFloat() ? x : x.cast(DType.F64);
    int axis = node.axis(node.attributes().integer("axis", 0), x);
    boolean keepdims = node.attributes().flag("keepdims", true);
    if (!node.attributes().flag("select_last_index", false)) {
      return fold.of(numbers, List.of(axis), keepdims).cast(DType.I64);
    }
    int last = ViewOperators.size(node, x, axis) - 1;
    Value reversed = ViewOperators.taken(node, numbers, axis, last + 1, k -> last - k);
    Value from = fold.of(reversed, List.of(axis), keepdims).cast(DType.I64);
    return node.made(Shape.scalar(), k -> last).minus(from);
  }

  private static Value cumulative(Node node) {
    Value x = node.value(0);
    int axis = node.axis(node.integer(1), x);
    boolean reverse = node.attributes().flag("reverse", false);
    boolean exclusive = node.attributes().flag("exclusive", false);
    return ElementwiseOperators.exactly(
        x,
        some -> {
          Value sums = CumSum.of(some, axis, reverse);
          int size = exclusive ? ViewOperators.size(node, x, axis) : 0;
          if (size == 0) {
            return sums;
          }
          return reverse
              ? Pad.of(Slice.of(sums, axis, 1, size), axis, 0, 1, 0)
              : Pad.of(Slice.of(sums, axis, 0, size - 1), axis, 1, 0, 0);
        });
  }
}
