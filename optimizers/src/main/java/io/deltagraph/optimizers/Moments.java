package io.deltagraph.optimizers;

import io.deltagraph.graph.Value;
import java.util.function.UnaryOperator;

/** What the members of Adam's family share. */
final class Moments {
  private Moments() {}

  static void check(double beta1, double beta2, double epsilon) {
    OptionChecks.decay("beta1", beta1);
    OptionChecks.decay("beta2", beta2);
    OptionChecks.notNegative("epsilon", epsilon);
  }

  /**
   * {@code w − η / (1 − β₁ᵗ) · m / (√v / √(1 − β₂ᵗ) + ε)}, the step of Adam from w.
   *
   * @param second what is made of the second moment before its root is taken
   */
  static Value step(
      ParameterUpdate at,
      Value from,
      double beta1,
      double beta2,
      double epsilon,
      UnaryOperator<Value> second) {
    Value g = at.gradient();
    Value m = at.average("first", beta1, g);
    Value v = second.apply(at.average("second", beta2, g.square()));
    Value scale = correction(at, beta2).sqrt().reciprocal();
    Value denominator = at.scaled(v.sqrt(), scale).plus(epsilon);
    return from.minus(at.scaled(m.over(denominator), correctedRate(at, beta1)));
  }

  /** {@code η / (1 − βᵗ)}. */
  static Value correctedRate(ParameterUpdate at, double beta) {
    return at.learningRate().over(correction(at, beta));
  }

  /** {@code 1 − βᵗ}: the weights of a moving average from 0 do not add up to 1. */
  private static Value correction(ParameterUpdate at, double beta) {
    return at.step().constant(beta).pow(at.step()).oneMinus();
  }
}
