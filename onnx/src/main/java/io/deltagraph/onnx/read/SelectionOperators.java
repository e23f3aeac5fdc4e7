package io.deltagraph.onnx.read;

import io.deltagraph.graph.Value;
import io.deltagraph.ops.AddAlongAxis;
import io.deltagraph.ops.ArgMax;
import io.deltagraph.ops.ElementCount;
import io.deltagraph.ops.Gather;
import io.deltagraph.ops.TakeAlongAxis;
import io.deltagraph.ops.TopK;
import io.deltagraph.ops.Unsqueeze;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.Dim;
import io.deltagraph.type.Shape;
import io.deltagraph.type.TensorType;
import java.util.Arrays;
import java.util.List;

/** Operators that choose elements by their positions. Positions below 0 count from the end. */
final class SelectionOperators {
  private SelectionOperators() {}

  static void add(Operators table) {
    table.one("Gather", SelectionOperators::gather);
    table.one("GatherElements", SelectionOperators::gatherElements);
    table.one("ScatterElements", SelectionOperators::scatterElements);
    table.one("OneHot", SelectionOperators::oneHot);
    table.one("Hardmax", SelectionOperators::hardmax);
    table.add("TopK", SelectionOperators::topK);
    table.one("Trilu", 14, SelectionOperators::triangle);
  }

  private static Value gather(Node node) {
    Value x = node.value(0);
    int axis = node.axis(node.attributes().integer("axis", 0), x);
    return Gather.of(x, indices(node, 1, x, axis), axis);
  }

  /** The positions counted from the start; those outside are met, and refused, in a run. */
  private static Value indices(Node node, int index, Value x, int axis) {
    NodeOperand operand = node.operand(index);
    Dim dim = x.shape().dim(axis);
    Tensor known = operand.tensor().orElse(null);
    if (known != null && !operand.type().dtype().isFloat()) {
      node.made(known.length());
      boolean any = false;
      for (int i = 0; i < known.length(); i++) {
        any |= known.get(i) < 0;
      }
      if (!any) {
        return operand.value();
      }
      if (dim.isFixed()) {
        int size = dim.size();
        return node.builder()
            .constant(
                Tensor.generate(
                    known.type(), i -> known.get(i) < 0 ? known.get(i) + size : known.get(i)));
      }
    }
    Value given = operand.value();
    Value size =
        dim.isFixed()
            ? given.constant(dim.size())
            : ElementCount.of(x, List.of(axis)).cast(given.dtype());
    return given.less(0).where(given.plus(size), given);
  }

  private static Value gatherElements(Node node) {
    Value x = node.value(0);
    int axis = node.axis(node.attributes().integer("axis", 0), x);
    return TakeAlongAxis.of(x, indices(node, 1, x, axis), axis);
  }

  private static Value scatterElements(Node node) {
    Value x = node.value(0);
    int axis = node.axis(node.attributes().integer("axis", 0), x);
    Value indices = indices(node, 1, x, axis);
    Value updates = node.value(2);
    if (ElementwiseOperators.word(node, "reduction", "none", "add").equals("add")) {
      return AddAlongAxis.of(x, indices, updates, axis);
    }
    // Of several updates of one element ONNX does not say which one stays.
    Value none = x.constant(0).broadcastTo(x.shape());
    Value marks = updates.constant(1).broadcastTo(updates.shape());
    Value marked = AddAlongAxis.of(none, indices, marks, axis).greater(0);
    return marked.where(AddAlongAxis.of(none, indices, updates, axis), x);
  }

  /** Positions outside the depth mark nothing. */
  private static Value oneHot(Node node) {
    Value given = node.value(0);
    Value indices = given.dtype() == DType.I64 ? given : given.cast(DType.I64);
    long depth = depth(node);
    int rank = indices.shape().rank() + 1;
    int axis = Shapes.axis(node, node.attributes().integer("axis", -1), rank);
    Tensor values = node.tensor(2);
    if (values.length() != 2) {
      throw node.refuse(values.type() + " as input 2", "two values, off and on", FilePlace.AGAIN);
    }
    TensorType scalar = TensorType.scalar(values.type().dtype());
    Value off = node.builder().constant(Tensor.filled(scalar, values.get(0)));
    Value on = node.builder().constant(Tensor.filled(scalar, values.get(1)));
    Value turned = indices.less(0).where(indices.plus((double) depth), indices);
    Value wide = Unsqueeze.of(turned, List.of(axis));
    return wide.equal(places(node, rank, axis, Shapes.count(node, depth))).where(on, off);
  }

  private static long depth(Node node) {
    double depth = node.number(1);
    return depth == Math.rint(depth) ? (long) depth : Shapes.count(node, -1);
  }

  /** The positions along an axis, where the others are 1. */
  private static Value places(Node node, int rank, int axis, int size) {
    int[] sizes = new int[rank];
    Arrays.fill(sizes, 1);
    sizes[axis] = size;
    return node.made(Shape.of(sizes), k -> k);
  }

  private static Value hardmax(Node node) {
    Value x = node.value(0);
    int axis = ActivationOperators.axis(node);
    Value largest = ArgMax.of(x, List.of(axis), true).cast(DType.I64);
    Value places = places(node, x.shape().rank(), axis, ViewOperators.size(node, x, axis));
    return largest.equal(places).where(x.constant(1), x.constant(0));
  }

  private static List<NodeOperand> topK(Node node) {
    Value x = node.value(0);
    int axis = node.axis(node.attributes().integer("axis", -1), x);
    int count = Shapes.count(node, node.integer(1));
    boolean largest = node.attributes().flag("largest", true);
    node.attributes().ignore("sorted"); // they are, asked for or not
    TopK.Top top = TopK.of(largest ? x : x.negate(), count, axis);
    return List.of(
        NodeOperand.of(largest ? top.values() : top.values().negate()),
        NodeOperand.of(top.indices().cast(DType.I64)));
  }

  /** What lies on the diagonal and above it, or below it; the rest is 0. */
  private static Value triangle(Node node) {
    Value x = node.value(0);
    boolean upper = node.attributes().flag("upper", true);
    long shift = node.optional(1).isPresent() ? node.integer(1) : 0;
    int rank = x.shape().rank();
    if (rank < 2) {
      throw node.refuse(x.type().toString(), "a matrix, or several", FilePlace.AGAIN);
    }
    Value rows = places(node, 2, 0, ViewOperators.size(node, x, rank - 2));
    Value columns = places(node, 2, 1, ViewOperators.size(node, x, rank - 1));
    Value moved = rows.plus(Math.clamp(shift, -ReadLimits.ELEMENTS, ReadLimits.ELEMENTS));
    Value kept = upper ? columns.greaterEqual(moved) : columns.lessEqual(moved);
    return kept.where(x, x.constant(0));
  }
}
