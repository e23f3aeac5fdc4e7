package io.deltagraph.ops;

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

/** {@code y = eˣ}. */
public final class Exp implements Pointwise<NoAttributes> {

  /** The op applied. */
  public static Value of(Value x) {
    return x.op("exp");
  }

  @Override
  public OpId id() {
    return OpId.of("exp");
  }

  @Override
  public OpSignature signature() {
    return OpSignature.of("x");
  }

  @Override
  public Lane forward(NoAttributes none, Lanes x) {
    return x.get(0).exp();
  }

  /** {@code dx = g ⊙ y}. */
  @Override
  public List<Cotangent> backward(Adjoint<NoAttributes> at) {
    return at.flow(at.gradient().times(at.output()));
  }

  @Override
  public Codomain codomain(NoAttributes none, int rank) {
    return Codomain.NON_NEGATIVE;
  }

  @Override
  public Notation notation() {
    return Notation.function("exp", "\\exp");
  }
}
