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
import io.deltagraph.type.Shape;
import io.deltagraph.type.TensorType;
import java.util.List;

/**
 * {@code y[i…, j, k…] = x[i…, indices[i…, j, k…], k…]} along one axis; elsewhere x and the indices
 * have the same shape. An index outside the axis is refused when it is met.
 */
public final class TakeAlongAxis implements Kernel<TakeAlongAxis.Along> {

  /** The axis that the indices point along. */
  public record Along(int axis) {}

  /** The op applied. */
  public static Value of(Value x, Value indices, int axis) {
    return x.op("take_along_axis", new Along(axis), indices);
  }

  @Override
  public OpId id() {
    return OpId.of("take_along_axis");
  }

  @Override
  public OpSignature signature() {
    return OpSignature.all(OpSignature.Accepts.SAME, "x")
        .and("indices", OpSignature.Accepts.INTEGER);
  }

  @Override
  public Schema<Along> schema() {
    return Schema.of(Along::new, OpAttribute.integer("axis", Along::axis).orElse(-1));
  }

  @Override
  public TensorType infer(Along along, InputTypes inputs) {
    int axis = inputs.axis(0, along.axis());
    Shape shape = inputs.get(0).shape();
    Shape indices = inputs.get(1).shape();
    inputs.require(
        indices.rank() == shape.rank() && indices.equals(shape.with(axis, indices.dim(axis))),
        "the indices " + indices + " and " + shape + " differ in more than axis " + axis);
    return inputs.get(0).with(indices);
  }

  @Override
  public void forward(Along along, List<TensorReader> inputs, TensorWriter output) {
    TensorReader x = inputs.get(0);
    TensorReader indices = inputs.get(1);
    Strip from = Strip.of(x.type(), along.axis());
    Strip to = Strip.of(output.type(), along.axis());
    to.forEach((outer, inner) -> {
      for (int k = 0; k < to.size(); k++) {
        int target = to.at(outer, k, inner);
        int index = Strip.index("take_along_axis", indices, target, from.size());
        output.set(target, x.get(from.at(outer, index, inner)));
      }
    });
  }

  /** {@code dx = 0} with each element of g added where it was taken. */
  @Override
  public List<Cotangent> backward(Adjoint<Along> at) {
    Value x = at.input(0);
    Value none = x.constant(0).broadcastTo(x.shape());
    Value dx = AddAlongAxis.of(none, at.input(1), at.gradient(), at.attributes().axis());
    return List.of(Cotangent.flow(dx), Cotangent.zero());
  }
}
