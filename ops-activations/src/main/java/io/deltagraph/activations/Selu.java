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
 * {@code λ x if x > 0 else λ α (e^x − 1)} with λ ≈ 1.0507 and α ≈ 1.6733, under which mean 0 and
 * variance 1 are a fixed point; the derivative at 0 is that of the left side, λ α (Klambauer,
 * Unterthiner, Mayr and Hochreiter 2017, eq. 2 and 14).
 */
public final class Selu implements Pointwise<NoAttributes> {
  /** What nets, specs and model files call this op. */
  public static final OpId ID = OpId.of("selu");

  private static final double LAMBDA = 1.0507009873554805;
  private static final double LAMBDA_ALPHA = 1.7580993408473768;

  /** {@code λ x if x > 0 else λ α (e^x − 1)}. */
  public static Value of(Value x) {
    return x.op("selu");
  }

  @Override
  public OpId id() {
    return ID;
  }

  @Override
  public OpSignature signature() {
    return OpSignature.of("x");
  }

  @Override
  public Lane forward(NoAttributes none, Lanes x) {
    Lane left = x.get(0).expm1().times(LAMBDA_ALPHA);
    return x.get(0).greater(0).select(x.get(0).times(LAMBDA), left);
  }

  /** {@code dx = g ⊙ λ α e^x where x ≤ 0, else λ g}; e^x is never taken of a large x. */
  @Override
  public List<Cotangent> backward(Adjoint<NoAttributes> at) {
    Value g = at.gradient();
    Value zero = g.constant(0);
    Value left = at.input(0).lessEqual(zero);
    Value slope = left.where(at.input(0), zero).exp().times(LAMBDA_ALPHA);
    return at.flow(left.where(g.times(slope), g.times(LAMBDA)));
  }

  @Override
  public List<Value> kinks(Adjoint<NoAttributes> at) {
    return List.of(at.input(0));
  }

  @Override
  public Notation notation() {
    return Notation.function("selu", "\\operatorname{SELU}");
  }
}
