package io.deltagraph.activations;

import io.deltagraph.graph.Adjoint;
import io.deltagraph.graph.Codomain;
import io.deltagraph.graph.Cotangent;
import io.deltagraph.graph.Lane;
import io.deltagraph.graph.Lanes;
import io.deltagraph.graph.Notation;
import io.deltagraph.graph.OpAttribute;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.OpSignature;
import io.deltagraph.graph.Pointwise;
import io.deltagraph.graph.Schema;
import io.deltagraph.graph.Value;
import java.util.List;
import java.util.Map;

/**
 * The logistic function {@code 1 / (1 + e^(−c x))} with the slope c, 1 by default (000 §3.2; 002;
 * 003 eq. 10). Its derivative {@code c σ (1 − σ)} is exact to the rounding of 1, so it is 0 from c
 * x = 37 on in f64.
 */
public final class Sigmoid implements Pointwise<Sigmoid.Slope> {
  /** What nets, specs and model files call this op. */
  public static final OpId ID = OpId.of("sigmoid");

  /** The slope c, a finite number. */
  public record Slope(double slope) {
    /** Checks that the slope is finite. */
    public Slope {
      AttributeChecks.finite("slope", slope);
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
    return ID;
  }

  @Override
  public List<String> synonyms() {
    return List.of("logistic", "expit");
  }

  @Override
  public OpSignature signature() {
    return OpSignature.of("x");
  }

  @Override
  public Schema<Slope> schema() {
    return Schema.of(Slope::new, OpAttribute.number("slope", Slope::slope).orElse(1.0));
  }

  /**
   * With {@code p = e^−|c x|}, which cannot overflow, and {@code w = p / (1 + p)}: {@code p − p w}
   * on the left and {@code 1 − w} on the right, so that both tails keep their digits.
   */
  @Override
  public Lane forward(Slope slope, Lanes x) {
    Lane s = slope.slope() == 1 ? x.get(0) : x.get(0).times(slope.slope());
    Lane power = s.abs().negate().exp();
    Lane start = s.less(0).select(power, s.constant(1));
    return start.fma(power.over(power.plus(1)).negate(), start);
  }

  /** {@code dx = c g ⊙ y ⊙ (1 − y)}. */
  @Override
  public List<Cotangent> backward(Adjoint<Slope> at) {
    Value g = at.gradient();
    Value y = at.output();
    double c = at.attributes().slope();
    return at.flow((c == 1 ? g : g.times(c)).times(y).times(y.oneMinus()));
  }

  /** None: both sides are one function. */
  @Override
  public List<Value> kinks(Adjoint<Slope> at) {
    return List.of();
  }

  @Override
  public Codomain codomain(Sigmoid.Slope attributes, int rank) {
    return Codomain.EVENT_PROBABILITIES;
  }

  @Override
  public Notation notation() {
    return Notation.function("sigmoid", "\\sigma");
  }
}
