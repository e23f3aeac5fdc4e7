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
import io.deltagraph.type.Dim;
import io.deltagraph.type.Shape;
import io.deltagraph.type.TensorType;
import java.util.List;

/**
 * {@code yᵢ = Π xⱼ} over {@code j ≠ i} along one axis, without a division: the derivative of prod.
 * Its own derivative takes the square of the axis in memory.
 */
public final class ProductOfOthers implements Kernel<ProductOfOthers.Along> {

  /** The axis. */
  public record Along(int axis) {}

  /** The op applied. */
  public static Value of(Value x, int axis) {
    return x.op("product_of_others", new Along(axis));
  }

  @Override
  public OpId id() {
    return OpId.of("product_of_others");
  }

  @Override
  public OpSignature signature() {
    return OpSignature.of("x");
  }

  @Override
  public Schema<Along> schema() {
    return Schema.of(Along::new, OpAttribute.integer("axis", Along::axis).orElse(-1));
  }

  @Override
  public TensorType infer(Along along, InputTypes inputs) {
    inputs.axis(0, along.axis());
    return inputs.get(0);
  }

  @Override
  public void forward(Along along, List<TensorReader> inputs, TensorWriter output) {
    TensorReader x = inputs.getFirst();
    Strip strip = Strip.of(x.type(), along.axis());
    strip.forEach((outer, inner) -> {
      double before = 1;
      for (int k = 0; k < strip.size(); k++) {
        output.set(strip.at(outer, k, inner), before);
        before *= x.get(strip.at(outer, k, inner));
      }
      double after = 1;
      for (int k = strip.size() - 1; k >= 0; k--) {
        int at = strip.at(outer, k, inner);
        output.set(at, output.get(at) * after);
        after *= x.get(at);
      }
    });
  }

  /** {@code dxⱼ = Σ gᵢ Π xₖ} over {@code i ≠ j} and {@code k ≠ i, j}. */
  @Override
  public List<Cotangent> backward(Adjoint<Along> at) {
    Value x = at.input(0);
    int i = x.shape().axis(at.attributes().axis());
    Value same = diagonal(x, i);
    Value rows = same.where(x.constant(1), Unsqueeze.of(x, List.of(i)));
    Value terms = Unsqueeze.of(at.gradient(), List.of(i + 1)).times(of(rows, i + 1));
    return at.flow(same.where(x.constant(0), terms).sum(List.of(i), false));
  }

  /** The mask of {@code i = j} over the axis, its copy, and the axes after them as 1. */
  private static Value diagonal(Value x, int axis) {
    Shape along = Shape.of(x.shape().dim(axis));
    Value position = CumSum.of(x.constant(1).broadcastTo(along), 0, false);
    Shape column = along;
    for (int k = axis; k < x.shape().rank(); k++) {
      column = column.concat(Shape.of(1));
    }
    Shape row = column.with(1, column.dim(0)).with(0, Dim.of(1));
    return position.reshape(column).equal(position.reshape(row));
  }
}
