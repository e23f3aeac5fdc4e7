package io.deltagraph.onnx.read;

import io.deltagraph.graph.Value;
import io.deltagraph.ops.ElementCount;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.Dim;
import io.deltagraph.type.Shape;
import io.deltagraph.type.TensorType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Operators whose results are known while the file is read, or depend on shapes alone. */
final class ConstantOperators {
  private static final TensorType NUMBER = TensorType.scalar(DType.F32);

  private ConstantOperators() {}

  static void add(Operators table) {
    table.add("Constant", ConstantOperators::constant);
    table.add("ConstantOfShape", ConstantOperators::ofShape);
    table.add("Shape", ConstantOperators::shape);
    table.add("Size", ConstantOperators::size);
    table.add("Range", ConstantOperators::range);
    table.one("EyeLike", ConstantOperators::eye);
  }

  private static List<NodeOperand> constant(Node node) {
    Attributes given = node.attributes();
    Tensor tensor =
        given
            .tensor("value")
            .or(() -> given.numbers("value_floats").map(ConstantOperators::floats))
            .or(() -> given.integers("value_ints").map(ConstantOperators::longs))
            .or(() ->
                given.has("value_float")
                    ? Optional.of(Tensor.filled(NUMBER, given.number("value_float", 0)))
                    : Optional.empty())
            .or(() ->
                given.has("value_int")
                    ? Optional.of(whole(given.integer("value_int")))
                    : Optional.empty())
            .orElseThrow(() ->
                node.refuse(
                    "no value of numbers",
                    "one of value, value_float, value_floats, value_int and value_ints",
                    FilePlace.AGAIN));
    return List.of(NodeOperand.of(tensor, node.builder()));
  }

  private static Tensor floats(List<Float> all) {
    return Tensor.generate(TensorType.of(DType.F32, all.size()), all::get);
  }

  private static Tensor longs(List<Long> all) {
    return Tensor.longs(all.stream().mapToLong(number -> number).toArray());
  }

  private static Tensor whole(long number) {
    return Tensors.longs(TensorType.scalar(DType.I64), number);
  }

  /** One number repeated, which takes no memory until it is needed. */
  private static List<NodeOperand> ofShape(Node node) {
    Tensor value = node.attributes().tensor("value").orElseGet(() -> Tensor.zeros(NUMBER));
    if (value.length() != 1) {
      throw node.refuse(value.type() + " as the value", "one number", FilePlace.AGAIN);
    }
    WholeNumbers sizes = node.numbers(0);
    Shape shape = Shapes.of(node, sizes);
    if (shape.isFixed() && shape.rank() <= 1 && shape.elements() <= ReadLimits.NUMBERS) {
      node.made(shape.elements());
      long[] all = new long[shape.elements()];
      Arrays.fill(all, value.bits(0));
      Tensor filled =
          value.type().dtype() == DType.I64
              ? Tensors.longs(new TensorType(DType.I64, shape), all)
              : Tensor.filled(value.type().with(shape), value.item());
      return List.of(NodeOperand.of(filled, node.builder()));
    }
    return Node.one(node.builder().constant(value.reshape()).broadcastTo(shape));
  }

  /** The sizes from one axis to before another; bounds may lie outside. */
  private static List<NodeOperand> shape(Node node) {
    Value x = node.value(0);
    int rank = x.shape().rank();
    int from = bound(node.attributes().integer("start", 0), rank);
    int to = bound(node.attributes().integer("end", rank), rank);
    return List.of(NodeOperand.of(WholeNumbers.of(x, from, to), node.builder()));
  }

  private static int bound(long axis, int rank) {
    return Math.clamp(axis < 0 ? axis + rank : axis, 0, rank);
  }

  private static List<NodeOperand> size(Node node) {
    Value x = node.value(0);
    if (x.shape().isFixed()) {
      return List.of(NodeOperand.of(whole(x.shape().elements()), node.builder()));
    }
    if (x.shape().dims().stream().filter(dim -> !dim.isOne()).count() == 1) {
      List<Dim> dims = x.shape().dims();
      WholeNumbers all = WholeNumbers.of(x, 0, dims.size());
      List<WholeNumbers.Entry> named =
          all.entries().stream().filter(entry -> entry.known().isEmpty()).toList();
      return List.of(NodeOperand.of(all.with(true, named), node.builder()));
    }
    Value counted = x.dtype() == DType.BOOL ? x.cast(DType.I64) : x;
    return Node.one(ElementCount.of(counted, List.of()).cast(DType.I64));
  }

  private static List<NodeOperand> range(Node node) {
    node.attributes().ignore("stash_type");
    Tensor start = node.tensor(0);
    double first = node.number(0);
    double step = node.number(2);
    double count = Math.ceil((node.number(1) - first) / step);
    if (!(count <= ReadLimits.MADE_ELEMENTS)) {
      throw node.refuse(
          count + " numbers", "at most " + ReadLimits.MADE_ELEMENTS, "read a smaller model");
    }
    int size = (int) Math.max(0, count);
    node.made(size);
    TensorType type = start.type().with(Shape.of(size));
    return List.of(NodeOperand.of(Tensor.generate(type, i -> first + i * step), node.builder()));
  }

  private static Value eye(Node node) {
    TensorType like = node.operand(0).type();
    long dtype = node.attributes().integer("dtype", -1);
    DType to =
        dtype == -1
            ? like.dtype()
            : Tensors.dtype(Math.clamp(dtype, -1, Integer.MAX_VALUE), node.place());
    long shift = node.attributes().integer("k", 0);
    if (like.rank() != 2 || !like.shape().isFixed()) {
      throw node.refuse(like.toString(), "a matrix of known sizes", FilePlace.AGAIN);
    }
    int columns = like.shape().dim(1).size();
    node.made(like.shape().elements());
    return node.builder()
        .constant(
            Tensor.generate(
                new TensorType(to, like.shape()), i -> i % columns - i / columns == shift ? 1 : 0));
  }
}
