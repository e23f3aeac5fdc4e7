package io.deltagraph.ops;

import io.deltagraph.graph.Adjoint;
import io.deltagraph.graph.Cotangent;
import io.deltagraph.graph.IndexMap;
import io.deltagraph.graph.InputTypes;
import io.deltagraph.graph.OpAttribute;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.OpSignature;
import io.deltagraph.graph.Schema;
import io.deltagraph.graph.Value;
import io.deltagraph.graph.View;
import io.deltagraph.type.Shape;
import io.deltagraph.type.TensorType;
import java.util.List;
import java.util.stream.IntStream;

/** {@code y[i…, j…] = x[j…]}: x repeated to a shape that it broadcasts to. */
public final class BroadcastTo implements View<BroadcastTo.To> {

  /** The shape of the output. */
  public record To(Shape shape) {}

  /** The op applied. */
  public static Value of(Value x, Shape shape) {
    return x.op("broadcast_to", new To(shape));
  }

  @Override
  public OpId id() {
    return OpId.of("broadcast_to");
  }

  @Override
  public List<String> synonyms() {
    return List.of("expand", "repeat");
  }

  @Override
  public OpSignature signature() {
    return OpSignature.all(OpSignature.Accepts.ANY, "x");
  }

  @Override
  public Schema<To> schema() {
    return Schema.of(To::new, OpAttribute.shape("shape", To::shape));
  }

  @Override
  public TensorType infer(To to, InputTypes inputs) {
    Shape shape = inputs.get(0).shape();
    inputs.require(shape.broadcastsTo(to.shape()), shape + " does not broadcast to " + to.shape());
    return inputs.get(0).with(to.shape());
  }

  @Override
  public IndexMap map(To to, TensorType input, TensorType output) {
    int[] strides = IndexMap.rowMajor(input.shape().sizes());
    int[] repeated = new int[output.rank()];
    int lead = output.rank() - input.rank();
    for (int axis = 0; axis < strides.length; axis++) {
      repeated[lead + axis] = input.shape().dim(axis).isOne() ? 0 : strides[axis];
    }
    return IndexMap.of(0, repeated);
  }

  /** {@code dx = Σ g} over the repeated axes. */
  @Override
  public List<Cotangent> backward(Adjoint<To> at) {
    Shape shape = at.input(0).shape();
    Shape wide = at.attributes().shape();
    int lead = wide.rank() - shape.rank();
    List<Integer> repeated =
        IntStream.range(0, wide.rank())
            .filter(axis -> axis < lead || !shape.dim(axis - lead).equals(wide.dim(axis)))
            .boxed()
            .toList();
    Value g = at.gradient();
    return at.flow((repeated.isEmpty() ? g : g.sum(repeated, false)).reshape(shape));
  }
}
