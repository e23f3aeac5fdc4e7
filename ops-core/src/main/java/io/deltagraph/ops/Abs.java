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

/** {@code y = |x|}, whose derivative at 0 is taken to be 0. */
public final class Abs implements Pointwise<NoAttributes> {

  /** The op applied. */
  public static Value of(Value x) {
    return x.op("abs");
  }

  @Override
  public OpId id() {
    return OpId.of("abs");
  }

  @Override
  public List<String> synonyms() {
    return List.of("absolute", "fabs");
  }

  @Override
  public OpSignature signature() {
    return OpSignature.of("x");
  }

  @Override
  public Lane forward(NoAttributes none, Lanes x) {
    return x.get(0).abs();
  }

  /** {@code dx = g} where {@code x > 0}, {@code −g} where {@code x < 0}, 0 where {@code x = 0}. */
  @Override
  public List<Cotangent> backward(Adjoint<NoAttributes> at) {
    Value g = at.gradient();
    Value x = at.input(0);
    Value zero = x.constant(0);
    return at.flow(x.greater(zero).where(g, x.less(zero).where(g.negate(), zero)));
  }

  @Override
  public Codomain codomain(NoAttributes none, int rank) {
    return Codomain.NON_NEGATIVE;
  }

  @Override
  public Notation notation() {
    return Notation.template("|{0}|", "\\left|{0}\\right|", Notation.Binding.ATOM);
  }

  @Override
  public List<Value> kinks(Adjoint<NoAttributes> at) {
    return List.of(at.input(0));
  }
}
