package io.deltagraph.ops;

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

/** {@code y = 2/√π ∫₀ˣ exp(−t²) dt}. */
public final class Erf implements Pointwise<NoAttributes> {

  /** The op applied. */
  public static Value of(Value x) {
    return x.op("erf");
  }

  @Override
  public OpId id() {
    return OpId.of("erf");
  }

  @Override
  public OpSignature signature() {
    return OpSignature.of("x");
  }

  @Override
  public Lane forward(NoAttributes none, Lanes x) {
    return x.get(0).erf();
  }

  /** {@code dx = g ⊙ 2/√π exp(−x²)}. */
  @Override
  public List<Cotangent> backward(Adjoint<NoAttributes> at) {
    Value bell = at.input(0).square().negate().exp();
    return at.flow(at.gradient().times(bell).times(2 / Math.sqrt(Math.PI)));
  }

  @Override
  public Notation notation() {
    return Notation.function("erf");
  }
}
