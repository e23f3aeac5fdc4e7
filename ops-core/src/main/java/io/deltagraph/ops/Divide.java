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

/** {@code y = a / b}, element by element; the inputs broadcast. */
public final class Divide implements Pointwise<NoAttributes> {

  /** The op applied. */
  public static Value of(Value left, Value right) {
    return left.op("divide", right);
  }

  @Override
  public OpId id() {
    return OpId.of("divide");
  }

  @Override
  public List<String> synonyms() {
    return List.of("div", "over");
  }

  @Override
  public OpSignature signature() {
    return OpSignature.of("left", "right");
  }

  @Override
  public Lane forward(NoAttributes none, Lanes x) {
    return x.get(0).over(x.get(1));
  }

  /** {@code da = g / b, db = −g ⊙ y / b}. */
  @Override
  public List<Cotangent> backward(Adjoint<NoAttributes> at) {
    Value share = at.gradient().over(at.input(1));
    return at.flow(share, share.times(at.output()).negate());
  }

  @Override
  public Notation notation() {
    return Notation.template("{0:p} / {1:p}", "\\frac{{0}}{{1}}", Notation.Binding.PRODUCT);
  }

  @Override
  public Domain domain() {
    return Domain.of(
        new Domain.Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY),
        new Domain.Interval(0, Double.POSITIVE_INFINITY));
  }
}
