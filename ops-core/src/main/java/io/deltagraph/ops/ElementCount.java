package io.deltagraph.ops;

import com.google.common.collect.ImmutableList;
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
 * {@code y = Π sizes} of some axes of x, all of them if none are given: a scalar of the dtype of x,
 * so that a mean over a named dimension knows its divisor.
 */
public final class ElementCount implements Kernel<ElementCount.Over> {

  /** The axes whose sizes are multiplied, empty for all. */
  public record Over(List<Integer> axes) {
    public Over {
      axes = ImmutableList.copyOf(axes);
    }
  }

  /** The op applied. */
  public static Value of(Value x, List<Integer> axes) {
    return x.op("element_count", new Over(ImmutableList.copyOf(axes)));
  }

  @Override
  public OpId id() {
    return OpId.of("element_count");
  }

  @Override
  public OpSignature signature() {
    return OpSignature.all(OpSignature.Accepts.ANY, "x");
  }

  @Override
  public Schema<Over> schema() {
    return Schema.of(
        Over::new, OpAttribute.integers("axes", Over::axes).orElse(ImmutableList.of()));
  }

  @Override
  public TensorType infer(Over over, InputTypes inputs) {
    over.axes().forEach(axis -> inputs.axis(0, axis));
    return inputs.get(0).with(Shape.scalar());
  }

  @Override
  public boolean readsShapesOnly(Over over) {
    return true;
  }

  @Override
  public void forward(Over over, List<TensorReader> inputs, TensorWriter output) {
    Shape shape = inputs.getFirst().type().shape();
    double count = 1;
    for (int axis = 0; axis < shape.rank(); axis++) {
      boolean counted =
          over.axes().isEmpty()
              || over.axes().contains(axis)
              || over.axes().contains(axis - shape.rank());
      count *= counted ? shape.dim(axis).size() : 1;
    }
    output.set(0, count);
  }

  /** Zero: a count does not depend on the numbers counted. */
  @Override
  public List<Cotangent> backward(Adjoint<Over> at) {
    return List.of(Cotangent.zero());
  }
}
