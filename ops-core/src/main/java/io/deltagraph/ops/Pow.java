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

/**
 * {@code y = x^p} as {@link Math#pow}, so {@code x^0 = 1} for every x; the inputs broadcast. At
 * base 0 the gradient of the exponent is taken to be 0; below 0 it is NaN.
 */
public final class Pow implements Pointwise<NoAttributes> {

  /** The op applied. */
  public static Value of(Value base, Value exponent) {
    return base.op("pow", exponent);
  }

  @Override
  public OpId id() {
    return OpId.of("pow");
  }

  @Override
  public List<String> synonyms() {
    return List.of("power");
  }

  @Override
  public OpSignature signature() {
    return OpSignature.of("base", "exponent");
  }

  @Override
  public Lane forward(NoAttributes none, Lanes x) {
    return x.get(0).pow(x.get(1));
  }

  /**
   * {@code dx = g ⊙ p ⊙ x^(p−1)}, as {@code g ⊙ p ⊙ x^p / x} where {@code p < 0} since x^(p−1)
   * leaves the range before x^p does; {@code dp = g ⊙ y ⊙ ln x}; both 0 where they would be 0 · ∞.
   */
  @Override
  public List<Cotangent> backward(Adjoint<NoAttributes> at) {
    Value x = at.input(0);
    Value p = ReductionAxes.finite(at.input(1));
    Value g = at.gradient();
    Value zero = x.constant(0);
    Value origin = x.equal(zero);
    Value flat = origin.and(p.equal(zero));
    Value exponent = flat.where(p.constant(1), p);
    Value falls = p.less(zero);
    Value slope = exponent.times(x.pow(falls.where(exponent, exponent.minus(1))));
    Value logarithm = origin.where(x.constant(1), ReductionAxes.finite(x)).log();
    return at.flow(
        flat.where(zero, g.times(slope).over(falls.where(x, x.constant(1)))),
        origin.where(zero, g.times(at.output()).times(logarithm)));
  }

  @Override
  public Notation notation() {
    return Notation.template("{0:p}^{1:p}", "{{0:p}}^{{1}}", Notation.Binding.POWER);
  }

  @Override
  public Domain domain() {
    return Domain.of(
        new Domain.Interval(0, Double.POSITIVE_INFINITY),
        new Domain.Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY));
  }
}
