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

/** {@code y = sin x}. */
public final class Sin implements Pointwise<NoAttributes> {

  /** The op applied. */
  public static Value of(Value x) {
    return x.op("sin");
  }

  @Override
  public OpId id() {
    return OpId.of("sin");
  }

  @Override
  public OpSignature signature() {
    return OpSignature.of("x");
  }

  @Override
  public Lane forward(NoAttributes none, Lanes x) {
    return x.get(0).sin();
  }

  /** {@code dx = g ⊙ cos x}. */
  @Override
  public List<Cotangent> backward(Adjoint<NoAttributes> at) {
    return at.flow(at.gradient().times(at.input(0).cos()));
  }

  @Override
  public Notation notation() {
    return Notation.function("sin", "\\sin");
  }
}
