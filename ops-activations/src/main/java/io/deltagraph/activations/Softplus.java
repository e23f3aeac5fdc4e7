package io.deltagraph.activations;

import io.deltagraph.graph.Adjoint;
import io.deltagraph.graph.Codomain;
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
 * {@code ln(1 + e^x)}, derivative {@code σ(x)} (Dugas et al. 2001); computed as {@code max(x, 0) +
 * ln(1 + e^−|x|)}, which neither overflows nor loses the lower tail.
 */
public final class Softplus implements Pointwise<NoAttributes> {
  /** What nets, specs and model files call this op. */
  public static final OpId ID = OpId.of("softplus");

  /** {@code ln(1 + e^x)}. */
  public static Value of(Value x) {
    return x.op("softplus");
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
    Lane s = x.get(0);
    return s.maximum(s.constant(0)).plus(s.abs().negate().exp().log1p());
  }

  /** {@code dx = g ⊙ σ(x)}. */
  @Override
  public List<Cotangent> backward(Adjoint<NoAttributes> at) {
    return at.flow(at.gradient().times(at.input(0).op("sigmoid")));
  }

  /** None: the kinks of the two terms cancel. */
  @Override
  public List<Value> kinks(Adjoint<NoAttributes> at) {
    return List.of();
  }

  @Override
  public Codomain codomain(NoAttributes none, int rank) {
    return Codomain.NON_NEGATIVE;
  }

  @Override
  public Notation notation() {
    return Notation.function("softplus");
  }
}
