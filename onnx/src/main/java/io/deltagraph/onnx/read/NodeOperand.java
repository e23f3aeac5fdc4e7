package io.deltagraph.onnx.read;

import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.Value;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.TensorType;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a name of the file stands for: a value of the graph, which is made when it is first needed,
 * and as far as these are known while the file is read its tensor and its numbers.
 */
final class NodeOperand {
  private final TensorType type;
  private final Supplier<Value> make;
  private final @Nullable Tensor tensor;
  private final @Nullable WholeNumbers numbers;
  private @Nullable Value value;

  private NodeOperand(
      TensorType type,
      Supplier<Value> make,
      @Nullable Tensor tensor,
      @Nullable WholeNumbers numbers) {
    this.type = type;
    this.make = make;
    this.tensor = tensor;
    this.numbers = numbers;
  }

  /** What only a run knows. */
  static NodeOperand of(Value value) {
    return new NodeOperand(value.type(), () -> value, null, null);
  }

  /** A tensor, and what makes its value: a constant or a parameter. */
  static NodeOperand of(Tensor tensor, Supplier<Value> make) {
    return new NodeOperand(tensor.type(), make, tensor, null);
  }

  /** A constant. */
  static NodeOperand of(Tensor tensor, GraphBuilder builder) {
    return of(tensor, () -> builder.constant(tensor));
  }

  /** WholeNumbers of which some may be sizes of named dimensions. */
  static NodeOperand of(WholeNumbers numbers, GraphBuilder builder) {
    return new NodeOperand(numbers.type(), () -> numbers.value(builder), numbers.tensor(), numbers);
  }

  /** The type. */
  TensorType type() {
    return type;
  }

  /** The value in the graph. */
  Value value() {
    if (value == null) {
      value = make.get();
    }
    return value;
  }

  /** The elements, if they are known. */
  Optional<Tensor> tensor() {
    return Optional.ofNullable(tensor);
  }

  /** The numbers, if they are whole and known. */
  Optional<WholeNumbers> numbers() {
    if (numbers != null || tensor == null) {
      return Optional.ofNullable(numbers);
    }
    boolean few =
        !type.dtype().isFloat() && type.rank() <= 1 && tensor.length() <= ReadLimits.NUMBERS;
    return few ? Optional.of(WholeNumbers.of(tensor)) : Optional.empty();
  }
}
