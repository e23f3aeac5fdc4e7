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
 * {@code y[i…, j…, k…] = x[i…, indices[j…], k…]} along one axis. An index outside the axis is
 * refused when it is met.
 */
public final class Gather implements Kernel<Gather.Along> {

  /** The axis that the indices point along. */
  public record Along(int axis) {}

  /** The op applied. */
  public static Value of(Value x, Value indices, int axis) {
    return x.op("gather", new Along(axis), indices);
  }

  @Override
  public OpId id() {
    return OpId.of("gather");
  }

  @Override
  public List<String> synonyms() {
    return List.of("index_select", "take");
  }

  @Override
  public OpSignature signature() {
    return OpSignature.all(OpSignature.Accepts.SAME, "x")
        .and("indices", OpSignature.Accepts.INTEGER);
  }

  @Override
  public Schema<Along> schema() {
    return Schema.of(Along::new, OpAttribute.integer("axis", Along::axis).orElse(0));
  }

  @Override
  public TensorType infer(Along along, InputTypes inputs) {
    int axis = inputs.axis(0, along.axis());
    Shape shape = inputs.get(0).shape();
    Shape before = shape.slice(0, axis).concat(inputs.get(1).shape());
    return inputs.get(0).with(before.concat(shape.slice(axis + 1, shape.rank())));
  }

  @Override
  public void forward(Along along, List<TensorReader> inputs, TensorWriter output) {
    TensorReader x = inputs.get(0);
    TensorReader indices = inputs.get(1);
    Strip from = Strip.of(x.type(), along.axis());
    Strip to = new Strip(from.before(), indices.length(), from.after());
    for (int k = 0; k < to.size(); k++) {
      int index = Strip.index("gather", indices, k, from.size());
      int target = k;
      to.forEach((outer, inner) ->
          output.set(to.at(outer, target, inner), x.get(from.at(outer, index, inner))));
    }
  }

  /** {@code dx = 0} with each slice of g added at its index. */
  @Override
  public List<Cotangent> backward(Adjoint<Along> at) {
    Value x = at.input(0);
    Value none = x.constant(0).broadcastTo(x.shape());
    Value dx = ScatterAdd.of(none, at.input(1), at.gradient(), at.attributes().axis());
    return List.of(Cotangent.flow(dx), Cotangent.zero());
  }
}
