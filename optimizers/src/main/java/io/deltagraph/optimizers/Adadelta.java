package io.deltagraph.optimizers;

import io.deltagraph.graph.Parameter;
import io.deltagraph.graph.Value;

/**
 * {@code s ← ρ s + (1 − ρ) g²}, {@code Δ = √(u + ε) / √(s + ε) g}, {@code u ← ρ u + (1 − ρ) Δ²},
 * {@code w ← w − η Δ} (Zeiler 2012, who has no η).
 *
 * <p>ε is inside both roots and u is that of the step before, as in the paper and in {@code
 * torch.optim.Adadelta}. State: {@code square} (s) and {@code delta} (u).
 *
 * @param learningRate η
 * @param rho ρ, from 0 to below 1
 * @param epsilon ε, above 0: with 0 nothing would ever move
 */
public record Adadelta(Schedule learningRate, double rho, double epsilon) implements UpdateRule {

  /** Checks the ranges. */
  public Adadelta {
    Checks.decay("rho", rho);
    Checks.positive("epsilon", epsilon);
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
  public Value next(Slot slot) {
    Value g = slot.gradient();
    Value scale = slot.average("square", rho, g.square()).plus(epsilon).sqrt();
    Parameter past = slot.old("delta", 0);
    Value delta = past.plus(epsilon).sqrt().over(scale).times(g);
    slot.becomes(past, past.times(rho).plus(delta.square().times(1 - rho)));
    return slot.parameter().minus(slot.scaled(delta, slot.learningRate()));
  }
}
