package io.deltagraph.ops;

import io.deltagraph.graph.Adjoint;
import io.deltagraph.graph.Codomain;
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

/** {@code y = √x}. The derivative at 0 is infinite; below 0 there is no value (NaN). */
public final class Sqrt implements Pointwise<NoAttributes> {

  /** The op applied. */
  public static Value of(Value x) {
    return x.op("sqrt");
  }

  @Override
  public OpId id() {
    return OpId.of("sqrt");
  }

  @Override
  public OpSignature signature() {
    return OpSignature.of("x");
  }

  @Override
  public Lane forward(NoAttributes none, Lanes x) {
    return x.get(0).sqrt();
  }

  /** {@code dx = g / (2 y)}, which is infinite at 0. */
  @Override
  public List<Cotangent> backward(Adjoint<NoAttributes> at) {
    return at.flow(at.gradient().over(at.output().times(2)));
  }

  @Override
  public Codomain codomain(NoAttributes none, int rank) {
    return Codomain.NON_NEGATIVE;
  }

  @Override
  public Notation notation() {
    return Notation.template("√({0})", "\\sqrt{{0}}", Notation.Binding.ATOM);
  }

  @Override
  public Domain domain() {
    return Domain.positive();
  }
}
