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
 * {@code ln σ(x)}, derivative {@code σ(−x)}; computed as {@code min(x, 0) − ln(1 + e^−|x|)}, which
 * neither overflows nor loses the upper tail.
 */
public final class LogSigmoid implements Pointwise<NoAttributes> {
  /** What nets, specs and model files call this op. */
  public static final OpId ID = OpId.of("log_sigmoid");

  /** {@code ln σ(x)}. */
  public static Value of(Value x) {
    return x.op("log_sigmoid");
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
    return s.minimum(s.constant(0)).minus(s.abs().negate().exp().log1p());
  }

  /** {@code dx = g ⊙ σ(−x)}. */
  @Override
  public List<Cotangent> backward(Adjoint<NoAttributes> at) {
    return at.flow(at.gradient().times(at.input(0).negate().op("sigmoid")));
  }

  /** None: the kinks of the two terms cancel. */
  @Override
  public List<Value> kinks(Adjoint<NoAttributes> at) {
    return List.of();
  }

  @Override
  public Codomain codomain(NoAttributes none, int rank) {
    return Codomain.NON_POSITIVE;
  }

  @Override
  public Notation notation() {
    return Notation.function("log_sigmoid", "\\ln\\sigma");
  }
}
