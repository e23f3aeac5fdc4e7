package io.deltagraph.ops;

import com.google.common.collect.ImmutableList;
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
import java.util.ArrayList;
import java.util.List;

/** {@code y[i…] = x[…]} without axes of size 1: those given, or all of them if none are. */
public final class Squeeze implements View<Squeeze.Of> {

  /** The axes to drop; empty for all that are 1. */
  public record Of(List<Integer> axes) {
    public Of {
      axes = ImmutableList.copyOf(axes);
    }
  }

  /** The op applied. */
  public static Value of(Value x, List<Integer> axes) {
    return x.op("squeeze", new Of(ImmutableList.copyOf(axes)));
  }

  @Override
  public OpId id() {
    return OpId.of("squeeze");
  }

  @Override
  public OpSignature signature() {
    return OpSignature.all(OpSignature.Accepts.ANY, "x");
  }

  @Override
  public Schema<Of> schema() {
    return Schema.of(Of::new, OpAttribute.integers("axes", Of::axes).orElse(ImmutableList.of()));
  }

  @Override
  public TensorType infer(Of of, InputTypes inputs) {
    Shape shape = inputs.get(0).shape();
    List<Integer> dropped = of.axes().stream().map(axis -> inputs.axis(0, axis)).toList();
    List<Dim> dims = new ArrayList<>();
    for (int axis = 0; axis < shape.rank(); axis++) {
      Dim dim = shape.dim(axis);
      inputs.require(
          !dropped.contains(axis) || dim.isOne(), "axis " + axis + " of " + shape + " is not 1");
      if (!(of.axes().isEmpty() ? dim.isOne() : dropped.contains(axis))) {
        dims.add(dim);
      }
    }
    return inputs.get(0).with(Shape.of(dims));
  }

  @Override
  public IndexMap map(Of of, TensorType input, TensorType output) {
    return IndexMap.identity(output.shape().sizes());
  }

  /** {@code dx = g} under the shape of x. */
  @Override
  public List<Cotangent> backward(Adjoint<Of> at) {
    return at.flow(at.gradient().reshape(at.input(0).shape()));
  }
}
