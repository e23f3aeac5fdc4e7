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
import io.deltagraph.type.TensorType;
import java.util.List;

/** {@code yₖ = Σ xᵢ} over {@code i ≤ k} along one axis; reversed, over {@code i ≥ k}. */
public final class CumSum implements Kernel<CumSum.Along> {

  /** The axis, and whether the sums start at its end. */
  public record Along(int axis, boolean reverse) {}

  /** The op applied. */
  public static Value of(Value x, int axis, boolean reverse) {
    return x.op("cumsum", new Along(axis, reverse));
  }

  @Override
  public OpId id() {
    return OpId.of("cumsum");
  }

  @Override
  public OpSignature signature() {
    return OpSignature.of("x");
  }

  @Override
  public Schema<Along> schema() {
    return Schema.of(
        Along::new,
        OpAttribute.integer("axis", Along::axis).orElse(-1),
        OpAttribute.flag("reverse", Along::reverse).orElse(false));
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
      double sum = 0;
      for (int k = 0; k < strip.size(); k++) {
        int at = strip.at(outer, along.reverse() ? strip.size() - 1 - k : k, inner);
        sum += x.get(at);
        output.set(at, sum);
      }
    });
  }

  /** {@code dxᵢ = Σ gₖ} over {@code k ≥ i}: the sums from the other end. */
  @Override
  public List<Cotangent> backward(Adjoint<Along> at) {
    Along along = at.attributes();
    return at.flow(of(at.gradient(), along.axis(), !along.reverse()));
  }
}
