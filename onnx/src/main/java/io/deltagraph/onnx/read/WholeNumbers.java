package io.deltagraph.onnx.read;

import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.Value;
import io.deltagraph.ops.Concat;
import io.deltagraph.ops.ElementCount;
import io.deltagraph.ops.Unsqueeze;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.Dim;
import io.deltagraph.type.Shape;
import io.deltagraph.type.TensorType;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A scalar or a vector of whole numbers that are known while a file is read: sizes, axes,
 * positions. Among them may be the size of a named dimension, which is known by its name alone.
 *
 * @param dtype i64, i32, or bool, whose numbers are 0 and 1
 * @param scalar whether it is a scalar, which has one entry
 */
record WholeNumbers(DType dtype, boolean scalar, List<Entry> entries) {

  WholeNumbers {
    entries = List.copyOf(entries);
  }

  /** One of them. */
  sealed interface Entry {
    /** The number, if it is known. */
    default OptionalLong known() {
      return switch (this) {
        case Known known -> OptionalLong.of(known.number());
        case Size size -> OptionalLong.empty();
      };
    }
  }

  /** A number. */
  record Known(long number) implements Entry {}

  /** The size of a named dimension, the axis of a value. */
  record Size(Dim.Named dim, Value of, int axis) implements Entry {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Size size && dim.equals(size.dim);
    }

    @Override
    public int hashCode() {
      return dim.hashCode();
    }
  }

  /** What a shape holds, from one axis to before another. */
  static WholeNumbers of(Value value, int from, int to) {
    Shape shape = value.shape();
    return new WholeNumbers(
        DType.I64,
        false,
        IntStream.range(from, Math.max(from, to))
            .mapToObj(axis -> entry(shape.dim(axis), value, axis))
            .toList());
  }

  private static Entry entry(Dim dim, Value value, int axis) {
    return switch (dim) {
      case Dim.Fixed fixed -> new Known(fixed.size());
      case Dim.Named named -> new Size(named, value, axis);
    };
  }

  /** The elements of a tensor of whole numbers or truth values, of at most one dimension. */
  static WholeNumbers of(Tensor tensor) {
    DType dtype = tensor.type().dtype();
    return new WholeNumbers(
        dtype,
        tensor.type().rank() == 0,
        IntStream.range(0, tensor.length())
            .<Entry>mapToObj(
                i -> new Known(dtype == DType.I64 ? tensor.bits(i) : (long) tensor.get(i)))
            .toList());
  }

  /** How many there are. */
  int size() {
    return entries.size();
  }

  Entry get(int index) {
    return entries.get(index);
  }

  /** Others of the same dtype. */
  WholeNumbers with(boolean isScalar, List<? extends Entry> others) {
    return new WholeNumbers(dtype, isScalar, List.copyOf(others));
  }

  /** The type that it has as a value. */
  TensorType type() {
    return scalar ? TensorType.scalar(dtype) : TensorType.of(dtype, entries.size());
  }

  /** Whether there is no named dimension among them. */
  boolean isKnown() {
    return entries.stream().allMatch(Known.class::isInstance);
  }

  /** The numbers as a tensor, if all are known. */
  @Nullable Tensor tensor() {
    if (!isKnown()) {
      return null;
    }
    long[] all = entries.stream().mapToLong(entry -> entry.known().orElseThrow()).toArray();
    return dtype == DType.I64
        ? Tensors.longs(type(), all)
        : Tensor.generate(type(), index -> all[index]);
  }

  /** A value that holds the numbers when it runs. */
  Value value(GraphBuilder builder) {
    @Nullable Tensor tensor = tensor();
    if (tensor != null) {
      return builder.constant(tensor);
    }
    List<Value> all = entries.stream().map(entry -> scalar(builder, entry)).toList();
    if (scalar) {
      return all.getFirst();
    }
    List<Value> vectors = all.stream().map(one -> Unsqueeze.of(one, List.of(0))).toList();
    return Concat.of(
        0, vectors.getFirst(), vectors.subList(1, vectors.size()).toArray(new Value[0]));
  }

  private Value scalar(GraphBuilder builder, Entry entry) {
    return switch (entry) {
      case Known known ->
          builder.constant(Tensors.longs(TensorType.scalar(DType.I64), known.number()).cast(dtype));
      case Size size -> count(size.of(), size.axis()).cast(dtype);
    };
  }

  /** The size of an axis; of truth values it would be counted as one. */
  private static Value count(Value of, int axis) {
    Value counted = of.dtype() == DType.BOOL ? of.cast(DType.I64) : of;
    return ElementCount.of(counted, List.of(axis));
  }
}
