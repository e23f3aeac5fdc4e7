package io.deltagraph.optimizers;

import io.deltagraph.graph.GraphParameter;
import io.deltagraph.graph.Value;

/**
 * {@code s ← ρ s + (1 − ρ) g²}, {@code Δ = √(u + ε) / √(s + ε) g}, {@code u ← ρ u + (1 − ρ) Δ²},
 * {@code w ← w − η Δ} (Zeiler 2012, who has no η).
 *
 * <p>ε is inside both roots and u is that of the step before, as in the paper and in {@code
 * torch.optim.Adadelta}. State: {@code square} (s) and {@code delta} (u). Squares overflow as in
 * {@link Adam}.
 *
 * @param learningRate η
 * @param rho ρ, from 0 to below 1
 * @param epsilon ε, above 0: with 0 nothing would ever move
 */
public record Adadelta(Schedule learningRate, double rho, double epsilon) implements UpdateRule {

  /** Checks the ranges. */
  public Adadelta {
    OptionChecks.decay("rho", rho);
    OptionChecks.positive("epsilon", epsilon);
  }

  /** 0.9 and 1e-6, as in {@code torch.optim.Adadelta}; its learning rate is 1. */
  public Adadelta(double learningRate) {
    this(Schedule.constant(learningRate), 0.9, 1e-6);
  }

  @Override
  public String name() {
    return "adadelta";
  }

  @Override
  public Value next(ParameterUpdate at) {
    Value g = at.gradient();
    Value scale = at.average("square", rho, g.square()).plus(epsilon).sqrt();
    GraphParameter past = at.old("delta", 0);
    Value delta = past.plus(epsilon).sqrt().over(scale).times(g);
    at.becomes(past, past.times(rho).plus(delta.square().times(1 - rho)));
    return at.parameter().minus(at.scaled(delta, at.learningRate()));
  }
}
