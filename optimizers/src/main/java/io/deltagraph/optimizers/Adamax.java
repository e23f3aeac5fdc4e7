package io.deltagraph.optimizers;

import io.deltagraph.graph.Value;

/**
 * {@code m ← β₁ m + (1 − β₁) g}, {@code u ← max(β₂ u, |g| + ε)}, {@code w ← w − η / (1 − β₁ᵗ) m /
 * u} at step t (Kingma and Ba 2015, algorithm 2).
 *
 * <p>As in {@code torch.optim.Adamax}, ε is added to |g| inside the maximum; the paper has none.
 * State: {@code first} (m) and {@code norm} (u).
 *
 * @param learningRate η
 * @param beta1 β₁, from 0 to below 1
 * @param beta2 β₂, from 0 to below 1
 * @param epsilon ε, not below 0
 */
public record Adamax(Schedule learningRate, double beta1, double beta2, double epsilon)
    implements UpdateRule {

  /** Checks the ranges. */
  public Adamax {
    Moments.check(beta1, beta2, epsilon);
  }

  /** 0.9, 0.999 and 1e-8, as in the paper and PyTorch; their learning rate is 0.002. */
  public Adamax(double learningRate) {
    this(Schedule.constant(learningRate), 0.9, 0.999, 1e-8);
  }

  @Override
  public String name() {
    return "adamax";
  }

  @Override
  public Value next(ParameterUpdate at) {
    Value g = at.gradient();
    Value m = at.average("first", beta1, g);
    Value u = at.state("norm", 0, old -> old.times(beta2).maximum(g.abs().plus(epsilon)));
    return at.parameter().minus(at.scaled(m.over(u), Moments.correctedRate(at, beta1)));
  }
}
