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

/** {@code y = ln x}. It is −∞ at 0 and NaN below. */
public final class Log implements Pointwise<NoAttributes> {

  /** The op applied. */
  public static Value of(Value x) {
    return x.op("log");
  }

  @Override
  public OpId id() {
    return OpId.of("log");
  }

  @Override
  public List<String> synonyms() {
    return List.of("ln");
  }

  @Override
  public OpSignature signature() {
    return OpSignature.of("x");
  }

  @Override
  public Lane forward(NoAttributes none, Lanes x) {
    return x.get(0).log();
  }

  /** {@code dx = g / x}. */
  @Override
  public List<Cotangent> backward(Adjoint<NoAttributes> at) {
    return at.flow(at.gradient().over(at.input(0)));
  }

  @Override
  public Notation notation() {
    return Notation.function("log", "\\ln");
  }

  @Override
  public Domain domain() {
    return Domain.positive();
  }
}
