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

/** {@code y = cos x}. */
public final class Cos implements Pointwise<NoAttributes> {

  /** The op applied. */
  public static Value of(Value x) {
    return x.op("cos");
  }

  @Override
  public OpId id() {
    return OpId.of("cos");
  }

  @Override
  public OpSignature signature() {
    return OpSignature.of("x");
  }

  @Override
  public Lane forward(NoAttributes none, Lanes x) {
    return x.get(0).cos();
  }

  /** {@code dx = −g ⊙ sin x}. */
  @Override
  public List<Cotangent> backward(Adjoint<NoAttributes> at) {
    return at.flow(at.gradient().times(at.input(0).sin()).negate());
  }

  @Override
  public Notation notation() {
    return Notation.function("cos", "\\cos");
  }
}
