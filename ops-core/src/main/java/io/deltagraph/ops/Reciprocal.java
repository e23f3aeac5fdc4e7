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

/** {@code y = 1 / x}. Its gradient is checked on the positive branch. */
public final class Reciprocal implements Pointwise<NoAttributes> {

  /** The op applied. */
  public static Value of(Value x) {
    return x.op("reciprocal");
  }

  @Override
  public OpId id() {
    return OpId.of("reciprocal");
  }

  @Override
  public List<String> synonyms() {
    return List.of("inverse", "inv");
  }

  @Override
  public OpSignature signature() {
    return OpSignature.of("x");
  }

  @Override
  public Lane forward(NoAttributes none, Lanes x) {
    return x.get(0).reciprocal();
  }

  /** {@code dx = −g ⊙ y ⊙ y}: y² alone overflows and underflows where the product does not. */
  @Override
  public List<Cotangent> backward(Adjoint<NoAttributes> at) {
    return at.flow(at.gradient().times(at.output()).times(at.output()).negate());
  }

  @Override
  public Notation notation() {
    return Notation.template("1 / {0:p}", "\\frac 1{{0}}", Notation.Binding.PRODUCT);
  }

  @Override
  public Domain domain() {
    return Domain.positive();
  }
}
