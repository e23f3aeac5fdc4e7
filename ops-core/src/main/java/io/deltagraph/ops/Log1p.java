package io.deltagraph.ops;

import io.deltagraph.graph.Adjoint;
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

/** {@code y = ln(1 + x)}, exact near 0. */
public final class Log1p implements Pointwise<NoAttributes> {

  /** The op applied. */
  public static Value of(Value x) {
    return x.op("log1p");
  }

  @Override
  public OpId id() {
    return OpId.of("log1p");
  }

  @Override
  public OpSignature signature() {
    return OpSignature.of("x");
  }

  @Override
  public Lane forward(NoAttributes none, Lanes x) {
    return x.get(0).log1p();
  }

  /** {@code dx = g / (1 + x)}. */
  @Override
  public List<Cotangent> backward(Adjoint<NoAttributes> at) {
    return at.flow(at.gradient().over(at.input(0).plus(1)));
  }

  @Override
  public Notation notation() {
    return Notation.template("log1p({0})", "\\ln\\left(1 + {0}\\right)", Notation.Binding.ATOM);
  }

  @Override
  public Domain domain() {
    return Domain.between(-1, Double.POSITIVE_INFINITY);
  }
}
