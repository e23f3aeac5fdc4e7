package io.deltagraph.ops;

import com.google.common.collect.ImmutableList;
import io.deltagraph.graph.Adjoint;
import io.deltagraph.graph.Cotangent;
import io.deltagraph.graph.IndexMap;
import io.deltagraph.graph.InputTypes;
import io.deltagraph.graph.NoAttributes;
import io.deltagraph.graph.Notation;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.OpSignature;
import io.deltagraph.graph.Value;
import io.deltagraph.graph.View;
import io.deltagraph.type.Dim;
import io.deltagraph.type.Shape;
import io.deltagraph.type.TensorType;
import java.util.List;

/** {@code Y = Xᵀ}: the last two axes swapped, of at least two. */
public final class Transpose implements View<NoAttributes> {

  /** The op applied. */
  public static Value of(Value x) {
    return x.op("transpose");
  }

  @Override
  public OpId id() {
    return OpId.of("transpose");
  }

  @Override
  public List<String> synonyms() {
    return List.of("t", "swapaxes");
  }

  @Override
  public OpSignature signature() {
    return OpSignature.all(OpSignature.Accepts.ANY, "x");
  }

  @Override
  public TensorType infer(NoAttributes none, InputTypes inputs) {
    Shape shape = inputs.get(0).shape();
    inputs.require(shape.rank() >= 2, "there are no two axes to swap in " + shape);
    List<Dim> dims = ImmutableList.of(shape.dim(-1), shape.dim(-2));
    return inputs.get(0).with(shape.slice(0, shape.rank() - 2).concat(Shape.of(dims)));
  }

  @Override
  public IndexMap map(NoAttributes none, TensorType input, TensorType output) {
    int[] strides = IndexMap.rowMajor(input.shape().sizes());
    int last = strides.length - 1;
    int swapped = strides[last];
    strides[last] = strides[last - 1];
    strides[last - 1] = swapped;
    return IndexMap.of(0, strides);
  }

  /** {@code dX = Gᵀ}. */
  @Override
  public List<Cotangent> backward(Adjoint<NoAttributes> at) {
    return at.flow(at.gradient().transpose());
  }

  @Override
  public Notation notation() {
    return Notation.template("{0:p}ᵀ", "{0:p}^\\top", Notation.Binding.POWER);
  }
}
