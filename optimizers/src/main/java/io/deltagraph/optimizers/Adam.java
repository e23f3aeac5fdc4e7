package io.deltagraph.optimizers;

import io.deltagraph.graph.Value;
import java.util.function.UnaryOperator;

/**
 * {@code m ← β₁ m + (1 − β₁) g}, {@code v ← β₂ v + (1 − β₂) g²}, {@code w ← w − η m̂ / (√v̂ + ε)}
 * with {@code m̂ = m / (1 − β₁ᵗ)} and {@code v̂ = v / (1 − β₂ᵗ)} at step t (Kingma and Ba 2015,
 * algorithm 1).
 *
 * <p>A gradient beyond 1.8e19 in f32, or 1.3e154 in f64, has an infinite square: its parameter then
 * stands still, in this rule and all others that keep squares. {@link Clipping} comes before.
 *
 * <p>ε is added after the root and after the correction, as in the paper and in {@code
 * torch.optim.Adam}. State: {@code first} (m) and {@code second} (v).
 *
 * @param learningRate η
 * @param beta1 β₁, from 0 to below 1
 * @param beta2 β₂, from 0 to below 1
 * @param epsilon ε, not below 0
 */
public record Adam(Schedule learningRate, double beta1, double beta2, double epsilon)
    implements UpdateRule {

  /** Checks the ranges. */
  public Adam {
    Moments.check(beta1, beta2, epsilon);
  }

  /** 0.9, 0.999 and 1e-8, as in the paper and PyTorch; their learning rate is 0.001. */
  public Adam(double learningRate) {
    this(Schedule.constant(learningRate), 0.9, 0.999, 1e-8);
  }

  @Override
  public String name() {
    return "adam";
  }

  @Override
  public Value next(ParameterUpdate at) {
    return Moments.step(at, at.parameter(), beta1, beta2, epsilon, UnaryOperator.identity());
  }
}
