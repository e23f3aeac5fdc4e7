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

/**
 * {@code y[j…] = x[i…]} with the same row-major position, under another shape of as many elements.
 * A named dimension keeps its place: what stands before it and after it is reshaped apart.
 */
public final class Reshape implements View<Reshape.To> {

  /** The shape of the output. */
  public record To(Shape shape) {}

  /** The op applied. */
  public static Value of(Value x, Shape shape) {
    return x.op("reshape", new To(shape));
  }

  @Override
  public OpId id() {
    return OpId.of("reshape");
  }

  @Override
  public List<String> synonyms() {
    return List.of("view", "resize");
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
    Reshaping.check(inputs, to.shape());
    return inputs.get(0).with(to.shape());
  }

  @Override
  public IndexMap map(To to, TensorType input, TensorType output) {
    return IndexMap.identity(output.shape().sizes());
  }

  /** {@code dx = g} under the shape of x. */
  @Override
  public List<Cotangent> backward(Adjoint<To> at) {
    return at.flow(at.gradient().reshape(at.input(0).shape()));
  }
}
