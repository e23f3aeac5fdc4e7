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
import io.deltagraph.type.TensorType;
import java.util.List;

/**
 * {@code y = x} in ascending or descending order along one axis. Equal elements keep their order,
 * and with them their gradients; NaN counts as larger than every number.
 */
public final class Sort implements Kernel<Sort.Along> {

  /** The axis, and whether the largest comes first. */
  public record Along(int axis, boolean descending) {}

  /** The op applied. */
  public static Value of(Value x, int axis, boolean descending) {
    return x.op("sort", new Along(axis, descending));
  }

  @Override
  public OpId id() {
    return OpId.of("sort");
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
    return inputs.get(0);
  }

  @Override
  public void forward(Along along, List<TensorReader> inputs, TensorWriter output) {
    TensorReader x = inputs.getFirst();
    Strip strip = Strip.of(x.type(), along.axis());
    strip.forEach((outer, inner) -> {
      int[] order = ArgSort.order(x, strip, outer, inner, along.descending());
      for (int k = 0; k < order.length; k++) {
        output.set(strip.at(outer, k, inner), x.get(strip.at(outer, order[k], inner)));
      }
    });
  }

  /** {@code dx = g} with each element back at the place that it came from. */
  @Override
  public List<Cotangent> backward(Adjoint<Along> at) {
    Along along = at.attributes();
    Value order = ArgSort.of(at.input(0), along.axis(), along.descending());
    Value place = ArgSort.of(order, along.axis(), false);
    return at.flow(TakeAlongAxis.of(at.gradient(), place, along.axis()));
  }

  /** {@code xᵢ − xⱼ} for all pairs along the axis. */
  @Override
  public List<Value> kinks(Adjoint<Along> at) {
    return ArgSort.differences(at.input(0), at.attributes().axis());
  }
}
