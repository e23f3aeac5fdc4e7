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
 * {@code y = base}, to which {@code y[i…, indices[j…], k…] += updates[i…, j…, k…]} is added for all
 * i, j, k in ascending order: the adjoint of gather.
 */
public final class ScatterAdd implements Kernel<ScatterAdd.Along> {

  /** The axis of the base that the indices point along. */
  public record Along(int axis) {}

  /** The op applied. */
  public static Value of(Value base, Value indices, Value updates, int axis) {
    return base.op("scatter_add", new Along(axis), indices, updates);
  }

  @Override
  public OpId id() {
    return OpId.of("scatter_add");
  }

  @Override
  public List<String> synonyms() {
    return List.of("index_add");
  }

  @Override
  public OpSignature signature() {
    return OpSignature.all(OpSignature.Accepts.SAME, "base")
        .and("indices", OpSignature.Accepts.INTEGER)
        .and("updates", OpSignature.Accepts.SAME);
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
    Shape updates = before.concat(shape.slice(axis + 1, shape.rank()));
    inputs.require(
        inputs.get(2).shape().equals(updates),
        "the updates of those indices are " + updates + ", got " + inputs.get(2).shape());
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
    Strip from = new Strip(to.before(), indices.length(), to.after());
    for (int k = 0; k < from.size(); k++) {
      int index = Strip.index("scatter_add", indices, k, to.size());
      int source = k;
      from.forEach((outer, inner) -> {
        int target = to.at(outer, index, inner);
        output.set(target, output.get(target) + updates.get(from.at(outer, source, inner)));
      });
    }
  }

  /** {@code dbase = g, dupdates = g} gathered at the indices. */
  @Override
  public List<Cotangent> backward(Adjoint<Along> at) {
    Value g = at.gradient();
    Value picked = Gather.of(g, at.input(1), at.attributes().axis());
    return List.of(Cotangent.flow(g), Cotangent.zero(), Cotangent.flow(picked));
  }
}
