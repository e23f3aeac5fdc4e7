package io.deltagraph.onnx.read;

import io.deltagraph.graph.Value;
import io.deltagraph.ops.BroadcastTo;
import io.deltagraph.ops.Concat;
import io.deltagraph.ops.Gather;
import io.deltagraph.ops.Pad;
import io.deltagraph.ops.Permute;
import io.deltagraph.ops.Slice;
import io.deltagraph.ops.Squeeze;
import io.deltagraph.ops.Unsqueeze;
import io.deltagraph.type.Dim;
import io.deltagraph.type.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/** Operators that move elements and change none. */
final class ViewOperators {
  private ViewOperators() {}

  static void add(Operators table) {
    table.one("Identity", node -> node.value(0));
    table.one("Reshape", ViewOperators::reshape);
    table.one("Flatten", ViewOperators::flatten);
    table.one("Transpose", ViewOperators::transpose);
    table.one("Squeeze", ViewOperators::squeeze);
    table.one("Unsqueeze", ViewOperators::unsqueeze);
    table.one("Expand", ViewOperators::expand);
    table.one("Concat", ViewOperators::concat);
    table.add("Split", ViewOperators::split);
    table.one("Slice", ViewOperators::slice);
    table.one("Tile", ViewOperators::tile);
    table.one("Pad", ViewOperators::pad);
    table.one("DepthToSpace", node -> blocks(node, false));
    table.one("SpaceToDepth", node -> blocks(node, true));
  }

  /** The size of an axis, which has to be known. */
  static int size(Node node, Value value, int axis) {
    Dim dim = value.shape().dim(axis);
    if (!dim.isFixed()) {
      throw node.refuse(
          "the named dimension " + dim + " as axis " + axis + " of " + value.type(),
          "a size that is known while the file is read",
          "give the dimension a number before the export");
    }
    return dim.size();
  }

  /** Positions along an axis, in any order. */
  static Value taken(Node node, Value value, int axis, int count, IntUnaryOperator position) {
    return Gather.of(value, node.made(Shape.of(count), position), axis);
  }

  private static Value reshape(Node node) {
    Value x = node.value(0);
    return x.reshape(Shapes.target(node, x.shape(), node.numbers(1)));
  }

  private static Value flatten(Node node) {
    Value x = node.value(0);
    long given = node.attributes().integer("axis", 1);
    int rank = x.shape().rank();
    int axis = given == rank ? rank : Shapes.axis(node, given, Math.max(1, rank));
    Dim rows = Shapes.merged(node, x.shape().slice(0, axis));
    return x.reshape(Shape.of(rows, Shapes.merged(node, x.shape().slice(axis, rank))));
  }

  private static Value transpose(Node node) {
    Value x = node.value(0);
    int rank = x.shape().rank();
    List<Integer> order =
        node.attributes()
            .integers("perm")
            .map(axes -> node.axes(axes, x))
            .orElseGet(() -> IntStream.range(0, rank).mapToObj(axis -> rank - 1 - axis).toList());
    return order.equals(List.of(1, 0)) ? x.transpose() : Permute.of(x, order);
  }

  private static Value squeeze(Node node) {
    Value x = node.value(0);
    return node.integers(1)
        .map(axes -> axes.isEmpty() ? x : Squeeze.of(x, node.axes(axes, x)))
        .orElseGet(() -> Squeeze.of(x, List.of()));
  }

  private static Value unsqueeze(Node node) {
    Value x = node.value(0);
    List<Long> axes =
        node.integers(1).orElseThrow(() -> node.refuse("no axes", "some", FilePlace.AGAIN));
    int rank = x.shape().rank() + axes.size();
    if (rank > Shape.MAX_RANK) {
      throw node.refuse(rank + " dimensions", "at most " + Shape.MAX_RANK, "merge some");
    }
    return Unsqueeze.of(x, axes.stream().map(axis -> Shapes.axis(node, axis, rank)).toList());
  }

  private static Value expand(Node node) {
    Value x = node.value(0);
    Shape to = Shapes.of(node, node.numbers(1));
    Shape shape =
        x.shape()
            .broadcast(to)
            .orElseThrow(() ->
                node.refuse(x.type() + " for " + to, "shapes that broadcast", FilePlace.AGAIN));
    return x.shape().equals(shape) ? x : BroadcastTo.of(x, shape);
  }

  private static Value concat(Node node) {
    List<Value> all = node.values();
    int axis = node.axis(node.attributes().integer("axis"), all.getFirst());
    return all.size() == 1
        ? all.getFirst()
        : Concat.of(axis, all.getFirst(), all.subList(1, all.size()).toArray(new Value[0]));
  }

  private static List<NodeOperand> split(Node node) {
    Value x = node.value(0);
    int axis = node.axis(node.attributes().integer("axis", 0), x);
    int size = size(node, x, axis);
    long count =
        node.opset() < 18
            ? node.outputs()
            : node.attributes().integer("num_outputs", node.outputs());
    List<Long> sizes = node.integers(1).orElseGet(() -> parts(node, size, count));
    if (sizes.stream().anyMatch(part -> part < 0 || part > size)
        || sizes.stream().mapToLong(part -> part).sum() != size) {
      throw node.refuse(
          "the parts " + sizes,
          "sizes whose sum is " + size + ", that of the axis",
          FilePlace.AGAIN);
    }
    List<NodeOperand> parts = new ArrayList<>();
    int start = 0;
    for (long part : sizes) {
      parts.add(NodeOperand.of(Slice.of(x, axis, start, Math.toIntExact(start + part))));
      start += (int) part;
    }
    return parts;
  }

  /** Equal parts, of which the last may be smaller. */
  private static List<Long> parts(Node node, int size, long count) {
    if (count < 1 || count > Math.max(size, node.outputs()) || count != node.outputs()) {
      throw node.refuse(
          count + " parts for " + node.outputs() + " outputs of an axis of " + size,
          "a part for each output",
          FilePlace.AGAIN);
    }
    long part = (size + count - 1) / count;
    return IntStream.range(0, (int) count)
        .mapToObj(i -> Math.clamp(size - i * part, 0, part))
        .toList();
  }

  private static Value slice(Node node) {
    Value x = node.value(0);
    WholeNumbers starts = node.numbers(1);
    WholeNumbers ends = node.numbers(2);
    int count = starts.size();
    List<Integer> axes =
        node.integers(3)
            .map(given -> node.axes(given, x))
            .orElseGet(() -> IntStream.range(0, count).boxed().toList());
    List<Long> steps = node.integers(4).orElseGet(() -> Collections.nCopies(count, 1L));
    if (ends.size() != count
        || axes.size() != count
        || steps.size() != count
        || count > x.shape().rank()) {
      throw node.refuse(
          "%d starts, %d ends, %d axes and %d steps for %s"
              .formatted(count, ends.size(), axes.size(), steps.size(), x.type()),
          "one of each for each axis that is cut",
          FilePlace.AGAIN);
    }
    Value result = x;
    for (int i = 0; i < count; i++) {
      int axis = axes.get(i);
      result =
          cut(
              node,
              result,
              axis,
              Cut.of(node, result.shape().dim(axis), starts.get(i), ends.get(i), steps.get(i)));
    }
    return result;
  }

  private static Value cut(Node node, Value value, int axis, Cut cut) {
    if (cut.isWhole()) {
      return value;
    }
    return cut.step() > 0
        ? Slice.of(value, axis, cut.start(), cut.stop(), cut.step())
        : taken(node, value, axis, cut.count(), k -> cut.start() + k * cut.step());
  }

  private static Value tile(Node node) {
    Value x = node.value(0);
    List<Long> repeats = node.integers(1).orElse(List.of());
    if (repeats.size() != x.shape().rank()) {
      throw node.refuse(
          repeats.size() + " repeats of " + x.type(), "one for each axis", FilePlace.AGAIN);
    }
    Value result = x;
    for (int axis = 0; axis < repeats.size(); axis++) {
      long repeat = repeats.get(axis);
      if (repeat != 1) {
        int size = size(node, x, axis);
        int count = Shapes.count(node, Math.max(-1, Math.min(repeat, ReadLimits.ELEMENTS)) * size);
        result = taken(node, result, axis, count, k -> k % size);
      }
    }
    return result;
  }

  private static Value pad(Node node) {
    Value x = node.value(0);
    List<Long> pads = node.integers(1).orElse(List.of());
    int rank = x.shape().rank();
    List<Integer> axes =
        (node.opset() < 18 ? Optional.<List<Long>>empty() : node.integers(3))
            .map(given -> node.axes(given, x))
            .orElseGet(() -> IntStream.range(0, rank).boxed().toList());
    if (pads.size() != 2 * axes.size()) {
      throw node.refuse(
          pads.size() + " pads for " + axes.size() + " axes", "two for each axis", FilePlace.AGAIN);
    }
    String mode = ElementwiseOperators.word(node, "mode", "constant", "reflect", "edge", "wrap");
    double value = node.optional(2).isPresent() ? node.number(2) : 0;
    Value result = x;
    for (int i = 0; i < axes.size(); i++) {
      long before = pads.get(i);
      long after = pads.get(axes.size() + i);
      if (before != 0 || after != 0) {
        Padding padding = Padding.of(node, size(node, x, axes.get(i)), before, after);
        result =
            mode.equals("constant")
                ? filled(result, axes.get(i), padding, value)
                : taken(node, result, axes.get(i), padding.count(), padding.source(node, mode));
      }
    }
    return result;
  }

  private static Value filled(Value x, int axis, Padding padding, double value) {
    Value kept = padding.isCut() ? Slice.of(x, axis, padding.first(), padding.last()) : x;
    int before = Math.max(0, padding.before());
    int after = Math.max(0, padding.after());
    return before == 0 && after == 0 ? kept : Pad.of(kept, axis, before, after, value);
  }

  /** Blocks of height and width as further channels, or back. */
  private static Value blocks(Node node, boolean toDepth) {
    Value x = node.value(0);
    int block = Math.clamp(node.attributes().integer("blocksize"), 0, 1 << 15);
    boolean given = !toDepth || node.opset() >= 28;
    boolean deepFirst =
        !given || ElementwiseOperators.word(node, "mode", "DCR", "CRD").equals("DCR");
    if (x.shape().rank() != 4 || block == 0) {
      throw node.refuse(
          x.type() + " in blocks of " + block,
          "four dimensions and blocks of at least 1",
          FilePlace.AGAIN);
    }
    Dim rows = x.shape().dim(0);
    int c = size(node, x, 1);
    int h = size(node, x, 2);
    int w = size(node, x, 3);
    if (toDepth) {
      Value parts = x.reshape(Shapes.of(rows, c, h / block, block, w / block, block));
      Value moved =
          Permute.of(parts, deepFirst ? List.of(0, 3, 5, 1, 2, 4) : List.of(0, 1, 3, 5, 2, 4));
      return moved.reshape(
          Shapes.of(rows, Math.multiplyExact(c, block * block), h / block, w / block));
    }
    int depth = c / (block * block);
    Value parts =
        x.reshape(
            deepFirst
                ? Shapes.of(rows, block, block, depth, h, w)
                : Shapes.of(rows, depth, block, block, h, w));
    Value moved =
        Permute.of(parts, deepFirst ? List.of(0, 3, 4, 1, 5, 2) : List.of(0, 1, 4, 2, 5, 3));
    return moved.reshape(
        Shapes.of(rows, depth, Math.multiplyExact(h, block), Math.multiplyExact(w, block)));
  }
}
