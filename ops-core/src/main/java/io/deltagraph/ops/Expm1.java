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

/**
 * {@code y = eˣ − 1}, exact near 0. Its derivative {@code y + 1} has the rounding of y: far below 0
 * a gradient is right to 2 roundings of g, and then 0.
 */
public final class Expm1 implements Pointwise<NoAttributes> {

  /** The op applied. */
  public static Value of(Value x) {
    return x.op("expm1");
  }

  @Override
  public OpId id() {
    return OpId.of("expm1");
  }

  @Override
  public OpSignature signature() {
    return OpSignature.of("x");
  }

  @Override
  public Lane forward(NoAttributes none, Lanes x) {
    return x.get(0).expm1();
  }

  /** {@code dx = g ⊙ (y + 1)}. */
  @Override
  public List<Cotangent> backward(Adjoint<NoAttributes> at) {
    return at.flow(at.gradient().times(at.output().plus(1)));
  }

  @Override
  public Notation notation() {
    return Notation.template("expm1({0})", "\\left(e^{{0}} - 1\\right)", Notation.Binding.ATOM);
  }
}
