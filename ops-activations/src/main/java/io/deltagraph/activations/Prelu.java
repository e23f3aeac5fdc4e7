package io.deltagraph.activations;

import io.deltagraph.graph.Adjoint;
import io.deltagraph.graph.Cotangent;
import io.deltagraph.graph.Lane;
import io.deltagraph.graph.Lanes;
import io.deltagraph.graph.NoAttributes;
import io.deltagraph.graph.Notation;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.OpSignature;
import io.deltagraph.graph.Pointwise;
import io.deltagraph.graph.Value;
import java.util.List;

/**
 * {@code α x if x < 0 else x}, that is {@code relu(x) − α relu(−x)} with a learnt α that broadcasts
 * against x (003 eq. 9). The derivative by x at 0 is that of the left side, α; the derivative by α
 * is {@code x if x < 0 else 0}.
 */
public final class Prelu implements Pointwise<NoAttributes> {
  /** What nets, specs and model files call this op. */
  public static final OpId ID = OpId.of("prelu");

  /** {@code α x if x < 0 else x}. */
  public static Value of(Value x, Value alpha) {
    return x.op("prelu", alpha);
  }

  @Override
  public OpId id() {
    return ID;
  }

  @Override
  public OpSignature signature() {
    return OpSignature.of("x", "alpha");
  }

  @Override
  public Lane forward(NoAttributes none, Lanes x) {
    return x.get(0).less(0).select(x.get(0).times(x.get(1)), x.get(0));
  }

  /** {@code dx = α g where x ≤ 0, else g; dα = 0 where x > 0, else g ⊙ x}. */
  @Override
  public List<Cotangent> backward(Adjoint<NoAttributes> at) {
    Value g = at.gradient();
    Value x = at.input(0);
    Value zero = x.constant(0);
    return at.flow(
        x.lessEqual(zero).where(g.times(at.input(1)), g), x.greater(zero).where(zero, g.times(x)));
  }

  @Override
  public List<Value> kinks(Adjoint<NoAttributes> at) {
    return List.of(at.input(0));
  }

  @Override
  public Notation notation() {
    return Notation.function("prelu", "\\operatorname{PReLU}");
  }
}
