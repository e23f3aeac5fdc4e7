package io.deltagraph.ops;

import io.deltagraph.graph.Adjoint;
import io.deltagraph.graph.Cotangent;
import io.deltagraph.graph.InputTypes;
import io.deltagraph.graph.Kernel;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.OpSignature;
import io.deltagraph.graph.Schema;
import io.deltagraph.graph.Tuple;
import io.deltagraph.graph.Value;
import io.deltagraph.tensor.TensorReader;
import io.deltagraph.tensor.TensorWriter;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.util.List;

/**
 * {@code values = x} in ascending or descending order along one axis, and {@code order}, as i32,
 * such that {@code values = x[order]}. Equal elements keep their order, and with them their
 * gradients; NaN counts as larger than every number.
 */
public final class SortWithOrder implements Kernel.Several<Sort.Along> {
  private static final Sort SORT = new Sort();

  /** The sorted elements, and where each of them was. */
  public record Sorted(Value values, Value order) {}

  /** The op applied. */
  public static Sorted of(Value x, int axis, boolean descending) {
    Tuple node = x.tuple("sort_with_order", new Sort.Along(axis, descending));
    return new Sorted(node.part("values"), node.part("order"));
  }

  @Override
  public OpId id() {
    return OpId.of("sort_with_order");
  }

  @Override
  public OpSignature signature() {
    return OpSignature.all(OpSignature.Accepts.SAME, "x").giving("values", "order");
  }

  @Override
  public Schema<Sort.Along> schema() {
    return SORT.schema();
  }

  @Override
  public List<TensorType> inferAll(Sort.Along along, InputTypes inputs) {
    TensorType values = SORT.infer(along, inputs);
    return List.of(values, values.with(DType.I32));
  }

  @Override
  public void forwardAll(Sort.Along along, List<TensorReader> inputs, List<TensorWriter> outputs) {
    TensorReader x = inputs.getFirst();
    Strip strip = Strip.of(x.type(), along.axis());
    strip.forEach((outer, inner) -> {
      int[] order = ArgSort.order(x, strip, outer, inner, along.descending());
      for (int k = 0; k < order.length; k++) {
        int place = strip.at(outer, k, inner);
        outputs.get(0).set(place, x.get(strip.at(outer, order[k], inner)));
        outputs.get(1).set(place, order[k]);
      }
    });
  }

  /** {@code dx = g} of the values, with each element back at the place that it came from. */
  @Override
  public List<Cotangent> backward(Adjoint<Sort.Along> at) {
    int axis = at.attributes().axis();
    Value place = ArgSort.of(at.output(1), axis, false);
    return at.flow(TakeAlongAxis.of(at.gradient(0), place, axis));
  }

  /** {@code xᵢ − xⱼ} for all pairs along the axis. */
  @Override
  public List<Value> kinks(Adjoint<Sort.Along> at) {
    return ArgSort.differences(at.input(0), at.attributes().axis());
  }
}
