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

/** {@code y = x²}. */
public final class Square implements Pointwise<NoAttributes> {

  /** The op applied. */
  public static Value of(Value x) {
    return x.op("square");
  }

  @Override
  public OpId id() {
    return OpId.of("square");
  }

  @Override
  public List<String> synonyms() {
    return List.of("sqr");
  }

  @Override
  public OpSignature signature() {
    return OpSignature.of("x");
  }

  @Override
  public Lane forward(NoAttributes none, Lanes x) {
    return x.get(0).times(x.get(0));
  }

  /** {@code dx = 2 g ⊙ x}. */
  @Override
  public List<Cotangent> backward(Adjoint<NoAttributes> at) {
    return at.flow(at.gradient().times(at.input(0)).times(2));
  }

  @Override
  public Codomain codomain(NoAttributes none, int rank) {
    return Codomain.NON_NEGATIVE;
  }

  @Override
  public Notation notation() {
    return Notation.template("{0:p}²", "{{0:p}}^2", Notation.Binding.POWER);
  }
}
