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
 * {@code (e^x − e^−x) / (e^x + e^−x)}, that is {@code 2 σ(2 x) − 1}, onto (−1, 1); derivative
 * {@code 1 − tanh²} (003 eq. 12), which has the rounding of y: it is right to 4 roundings of g, and
 * 0 from 10 on in f32, from 20 on in f64.
 */
public final class Tanh implements Pointwise<NoAttributes> {
  /** What nets, specs and model files call this op. */
  public static final OpId ID = OpId.of("tanh");

  /** {@code tanh(x)}. */
  public static Value of(Value x) {
    return x.op("tanh");
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
    return x.get(0).tanh();
  }

  /** {@code dx = g ⊙ (1 − y²)}. */
  @Override
  public List<Cotangent> backward(Adjoint<NoAttributes> at) {
    return at.flow(at.gradient().times(at.output().square().oneMinus()));
  }

  @Override
  public Notation notation() {
    return Notation.function("tanh", "\\tanh");
  }
}
