package io.deltagraph.activations;

import io.deltagraph.graph.Adjoint;
import io.deltagraph.graph.Cotangent;
import io.deltagraph.graph.Domain;
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
 * {@code ln(x / (1 − x))} on (0, 1), the inverse of the logistic function, derivative {@code 1 / (x
 * (1 − x))} (003 eq. 11). It is −∞ at 0, ∞ at 1 and NaN outside.
 */
public final class Logit implements Pointwise<NoAttributes> {
  /** What nets, specs and model files call this op. */
  public static final OpId ID = OpId.of("logit");

  /** {@code ln(x / (1 − x))}. */
  public static Value of(Value x) {
    return x.op("logit");
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
    return x.get(0).log().minus(x.get(0).negate().log1p());
  }

  /** {@code dx = g / (x ⊙ (1 − x))}. */
  @Override
  public List<Cotangent> backward(Adjoint<NoAttributes> at) {
    Value x = at.input(0);
    return at.flow(at.gradient().over(x.times(x.oneMinus())));
  }

  @Override
  public Domain domain() {
    return Domain.between(0, 1);
  }

  @Override
  public Notation notation() {
    return Notation.function("logit");
  }
}
