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
import io.deltagraph.type.Dim;
import io.deltagraph.type.Shape;
import io.deltagraph.type.TensorType;
import java.util.List;

/**
 * {@code y[i…, j] = x[i…, …]}: the axes from one on merged into one, by default all but the first,
 * so that rows stay samples. A named dimension cannot be merged with others.
 */
public final class Flatten implements View<Flatten.From> {

  /** The first of the axes that are merged; those before it stay. */
  public record From(int axis) {}

  /** The op applied. */
  public static Value of(Value x, int axis) {
    return x.op("flatten", new From(axis));
  }

  @Override
  public OpId id() {
    return OpId.of("flatten");
  }

  @Override
  public List<String> synonyms() {
    return List.of("ravel");
  }

  @Override
  public OpSignature signature() {
    return OpSignature.all(OpSignature.Accepts.ANY, "x");
  }

  @Override
  public Schema<From> schema() {
    return Schema.of(From::new, OpAttribute.integer("axis", From::axis).orElse(1));
  }

  @Override
  public TensorType infer(From from, InputTypes inputs) {
    Shape shape = inputs.get(0).shape();
    int axis = from.axis() == shape.rank() ? shape.rank() : inputs.axis(0, from.axis());
    Shape merged = shape.slice(axis, shape.rank());
    for (Dim dim : merged.dims()) {
      inputs.require(
          dim.isFixed() || merged.rank() == 1,
          "the named dimension " + dim + " cannot be merged with others; flatten after it");
    }
    Shape last = merged.rank() == 1 ? merged : Shape.of(merged.elements());
    return inputs.get(0).with(shape.slice(0, axis).concat(last));
  }

  @Override
  public IndexMap map(From from, TensorType input, TensorType output) {
    return IndexMap.identity(output.shape().sizes());
  }

  /** {@code dx = g} under the shape of x. */
  @Override
  public List<Cotangent> backward(Adjoint<From> at) {
    return at.flow(at.gradient().reshape(at.input(0).shape()));
  }
}
