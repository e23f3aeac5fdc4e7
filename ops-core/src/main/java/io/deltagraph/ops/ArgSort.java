package io.deltagraph.ops;

import io.deltagraph.graph.Adjoint;
import io.deltagraph.graph.Cotangent;
import io.deltagraph.graph.InputTypes;
import io.deltagraph.graph.Kernel;
import io.deltagraph.graph.OpAttribute;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.OpSignature;
import io.deltagraph.graph.Schema;
import io.deltagraph.graph.Value;
import io.deltagraph.tensor.TensorReader;
import io.deltagraph.tensor.TensorWriter;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * {@code y = p} such that {@code x[p]} is in ascending or descending order along one axis, as i32.
 * Equal elements keep their order; NaN counts as larger than every number.
 */
public final class ArgSort implements Kernel<ArgSort.Along> {

  /** The axis, and whether the largest comes first. */
  public record Along(int axis, boolean descending) {}

  /** The op applied. */
  public static Value of(Value x, int axis, boolean descending) {
    return x.op("arg_sort", new Along(axis, descending));
  }

  @Override
  public OpId id() {
    return OpId.of("arg_sort");
  }

  @Override
  public OpSignature signature() {
    return OpSignature.all(OpSignature.Accepts.SAME, "x");
  }

  @Override
  public Schema<Along> schema() {
    return Schema.of(
        Along::new,
        OpAttribute.integer("axis", Along::axis).orElse(-1),
        OpAttribute.flag("descending", Along::descending).orElse(false));
  }

  @Override
  public TensorType infer(Along along, InputTypes inputs) {
    inputs.axis(0, along.axis());
    return inputs.get(0).with(DType.I32);
  }

  @Override
  public void forward(Along along, List<TensorReader> inputs, TensorWriter output) {
    TensorReader x = inputs.getFirst();
    Strip strip = Strip.of(x.type(), along.axis());
    strip.forEach((outer, inner) -> {
      int[] order = order(x, strip, outer, inner, along.descending());
      for (int k = 0; k < order.length; k++) {
        output.set(strip.at(outer, k, inner), order[k]);
      }
    });
  }

  /** The positions of a strip's elements in their order; 0 and −0 are equal. */
  static int[] order(TensorReader x, Strip strip, int outer, int inner, boolean descending) {
    Comparator<Integer> ascending =
        Comparator.comparingDouble(k -> x.get(strip.at(outer, k, inner)) + 0.0);
    return IntStream.range(0, strip.size())
        .boxed()
        .sorted(descending ? ascending.reversed() : ascending)
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** Zero: positions. */
  @Override
  public List<Cotangent> backward(Adjoint<Along> at) {
    return at.flat("the order of elements changes in jumps only");
  }

  /** {@code xᵢ − xⱼ} for all pairs along the axis. */
  @Override
  public List<Value> kinks(Adjoint<Along> at) {
    return differences(at.input(0), at.attributes().axis());
  }

  static List<Value> differences(Value x, int axis) {
    int i = x.shape().axis(axis);
    return x.dtype().isFloat()
        ? List.of(Unsqueeze.of(x, List.of(i)).minus(Unsqueeze.of(x, List.of(i + 1))))
        : List.of();
  }
}
