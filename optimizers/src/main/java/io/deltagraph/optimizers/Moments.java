package io.deltagraph.optimizers;

import io.deltagraph.graph.Value;
import java.util.function.UnaryOperator;

/** What the members of Adam's family share. */
final class Moments {
  private Moments() {}

  static void check(double beta1, double beta2, double epsilon) {
    Checks.decay("beta1", beta1);
    Checks.decay("beta2", beta2);
    Checks.notNegative("epsilon", epsilon);
  }

  /**
   * {@code w − η / (1 − β₁ᵗ) · m / (√v / √(1 − β₂ᵗ) + ε)}, the step of Adam from w.
   *
   * @param second what is made of the second moment before its root is taken
   */
  static Value step(
      Slot slot,
      Value from,
      double beta1,
      double beta2,
      double epsilon,
      UnaryOperator<Value> second) {
    Value g = slot.gradient();
    Value m = slot.average("first", beta1, g);
    Value v = second.apply(slot.average("second", beta2, g.square()));
    Value scale = correction(slot, beta2).sqrt().reciprocal();
    Value denominator = slot.scaled(v.sqrt(), scale).plus(epsilon);
    return from.minus(slot.scaled(m.over(denominator), correctedRate(slot, beta1)));
  }

  /** {@code η / (1 − βᵗ)}. */
  static Value correctedRate(Slot slot, double beta) {
    return slot.learningRate().over(correction(slot, beta));
  }

  /** {@code 1 − βᵗ}: the weights of a moving average from 0 do not add up to 1. */
  private static Value correction(Slot slot, double beta) {
    return slot.step().constant(beta).pow(slot.step()).oneMinus();
  }
}
