package io.deltagraph.optimizers;

import io.deltagraph.graph.Value;

/**
 * Adam with {@code x ← max(x, v)} in the place of its second moment v: {@code w ← w − η m̂ / (√x̂ +
 * ε)} (Reddi, Kale and Kumar 2018).
 *
 * <p>As {@code torch.optim.Adam} does with {@code amsgrad=True}, the largest is that of the moments
 * before correction and is corrected then, {@code x̂ = x / (1 − β₂ᵗ)}; the paper corrects nothing.
 * Squares overflow as in {@link Adam}. State: {@code first} (m), {@code second} (v) and {@code
 * largest} (x).
 *
 * @param learningRate η
 * @param beta1 β₁, from 0 to below 1
 * @param beta2 β₂, from 0 to below 1
 * @param epsilon ε, not below 0
 */
public record AmsGrad(Schedule learningRate, double beta1, double beta2, double epsilon)
    implements UpdateRule {

  /** Checks the ranges. */
  public AmsGrad {
    Moments.check(beta1, beta2, epsilon);
  }

  /** 0.9, 0.999 and 1e-8, as in {@code torch.optim.Adam}; its learning rate is 0.001. */
  public AmsGrad(double learningRate) {
    this(Schedule.constant(learningRate), 0.9, 0.999, 1e-8);
  }

  @Override
  public String name() {
    return "amsgrad";
  }

  @Override
  public Value next(ParameterUpdate at) {
    return Moments.step(
        at,
        at.parameter(),
        beta1,
        beta2,
        epsilon,
        second -> at.state("largest", 0, old -> old.maximum(second)));
  }
}
