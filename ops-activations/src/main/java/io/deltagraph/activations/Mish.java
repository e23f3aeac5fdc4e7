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
import java.util.Map;

/**
 * {@code x tanh(ln(1 + e^x))}, derivative {@code t + x (1 − t²) σ(x)} with t the tanh; 0 at −∞
 * (Misra 2019, eq. 1 and §2.1).
 */
public final class Mish implements Pointwise<NoAttributes> {
  /** What nets, specs and model files call this op. */
  public static final OpId ID = OpId.of("mish");

  /** From here on the slope is 0 or 1 in both dtypes, and infinity may be left out. */
  private static final double FAR = 1e30;

  /** {@code x tanh(ln(1 + e^x))}. */
  public static Value of(Value x) {
    return x.op("mish");
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
    Lane s = x.get(0).maximum(x.get(0).constant(-FAR));
    Lane softplus = s.maximum(s.constant(0)).plus(s.abs().negate().exp().log1p());
    return s.times(softplus.tanh());
  }

  /** {@code dx = g ⊙ (t + x ⊙ (1 − t²) ⊙ σ(x)), t = tanh(softplus(x))}. */
  @Override
  public List<Cotangent> backward(Adjoint<NoAttributes> at) {
    Value x = at.input(0).op("clip", Map.of("low", -FAR, "high", FAR));
    Value t = x.op("softplus").tanh();
    Value rest = x.times(t.square().oneMinus()).times(x.op("sigmoid"));
    return at.flow(at.gradient().times(t.plus(rest)));
  }

  /** None: the kinks of the terms of softplus cancel. */
  @Override
  public List<Value> kinks(Adjoint<NoAttributes> at) {
    return List.of();
  }

  @Override
  public Notation notation() {
    return Notation.function("mish", "\\operatorname{Mish}");
  }
}
