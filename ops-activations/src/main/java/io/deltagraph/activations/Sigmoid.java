package io.deltagraph.activations;

import io.deltagraph.graph.Adjoint;
import io.deltagraph.graph.Attribute;
import io.deltagraph.graph.Cotangent;
import io.deltagraph.graph.Lane;
import io.deltagraph.graph.Lanes;
import io.deltagraph.graph.Notation;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.Pointwise;
import io.deltagraph.graph.Schema;
import io.deltagraph.graph.Signature;
import io.deltagraph.graph.Value;
import java.util.List;
import java.util.Map;

/**
 * The logistic function {@code 1 / (1 + e^(−c x))} with the slope c, 1 by default (000 §3.2; 002;
 * 003 eq. 10). Its derivative {@code c σ (1 − σ)} is exact to the rounding of 1, so it is 0 from c
 * x = 37 on in f64.
 */
public final class Sigmoid implements Pointwise<Sigmoid.Slope> {
  /** The slope c, a finite number. */
  public record Slope(double slope) {
    /** Checks that the slope is finite. */
    public Slope {
      Checks.finite("slope", slope);
    }
  }

  /** {@code 1 / (1 + e^−x)}. */
  public static Value of(Value x) {
    return x.op("sigmoid");
  }

  /** {@code 1 / (1 + e^(−c x))}. */
  public static Value of(Value x, double slope) {
    return x.op("sigmoid", Map.of("slope", slope));
  }

  @Override
  public OpId id() {
    return OpId.of("sigmoid");
  }

  @Override
  public Signature signature() {
    return Signature.of("x");
  }

  @Override
  public Schema<Slope> schema() {
    return Schema.of(Slope::new, Attribute.number("slope", Slope::slope).orElse(1.0));
  }

  /** Both tails keep their digits: where the power overflows the result is 0. */
  @Override
  public Lane forward(Slope slope, Lanes x) {
    return x.get(0).times(-slope.slope()).exp().plus(1).reciprocal();
  }

  /** {@code dx = c g ⊙ y ⊙ (1 − y)}. */
  @Override
  public List<Cotangent> backward(Adjoint<Slope> at) {
    Value g = at.gradient();
    Value y = at.output();
    double c = at.attributes().slope();
    return at.flow((c == 1 ? g : g.times(c)).times(y).times(y.oneMinus()));
  }

  @Override
  public Notation notation() {
    return Notation.function("sigmoid", "\\sigma");
  }
}
