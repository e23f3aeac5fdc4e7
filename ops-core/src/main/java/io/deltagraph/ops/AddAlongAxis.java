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
 * {@code y = base}, to which {@code y[i…, indices[i…, j, k…], k…] += updates[i…, j, k…]} is added:
 * the adjoint of take_along_axis.
 */
public final class AddAlongAxis implements Kernel<AddAlongAxis.Along> {

  /** The axis of the base that the indices point along. */
  public record Along(int axis) {}

  /** The op applied. */
  public static Value of(Value base, Value indices, Value updates, int axis) {
    return base.op("add_along_axis", new Along(axis), indices, updates);
  }

  @Override
  public OpId id() {
    return OpId.of("add_along_axis");
  }

  @Override
  public OpSignature signature() {
    return OpSignature.all(OpSignature.Accepts.SAME, "base")
        .and("indices", OpSignature.Accepts.INTEGER)
        .and("updates", OpSignature.Accepts.SAME);
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
    inputs.require(
        inputs.get(2).shape().equals(indices),
        "the updates of those indices are " + indices + ", got " + inputs.get(2).shape());
    return inputs.get(0);
  }

  @Override
  public void forward(Along along, List<TensorReader> inputs, TensorWriter output) {
    TensorReader base = inputs.get(0);
    TensorReader indices = inputs.get(1);
    TensorReader updates = inputs.get(2);
    for (int i = 0; i < base.length(); i++) {
      output.set(i, base.get(i));
    }
    Strip to = Strip.of(base.type(), along.axis());
    Strip from = Strip.of(indices.type(), along.axis());
    from.forEach((outer, inner) -> {
      for (int k = 0; k < from.size(); k++) {
        int source = from.at(outer, k, inner);
        int target = to.at(outer, Strip.index("add_along_axis", indices, source, to.size()), inner);
        output.set(target, output.get(target) + updates.get(source));
      }
    });
  }

  /** {@code dbase = g, dupdates = g} taken at the indices. */
  @Override
  public List<Cotangent> backward(Adjoint<Along> at) {
    Value g = at.gradient();
    Value picked = TakeAlongAxis.of(g, at.input(1), at.attributes().axis());
    return List.of(Cotangent.flow(g), Cotangent.zero(), Cotangent.flow(picked));
  }
}
