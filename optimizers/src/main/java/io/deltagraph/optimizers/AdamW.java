package io.deltagraph.optimizers;

import io.deltagraph.graph.Value;
import java.util.function.UnaryOperator;

/**
 * {@code w ← w − η λ w}, then Adam's step: the decay of weights does not pass through the moments
 * (Loshchilov and Hutter 2019, algorithm 2).
 *
 * <p>As in {@code torch.optim.AdamW} the decay is scaled by the learning rate η; in the paper by
 * the schedule's multiplier alone. All else as in {@link Adam}. State: {@code first} and {@code
 * second}.
 *
 * @param learningRate η
 * @param beta1 β₁, from 0 to below 1
 * @param beta2 β₂, from 0 to below 1
 * @param epsilon ε, not below 0
 * @param weightDecay λ, not below 0
 */
public record AdamW(
    Schedule learningRate, double beta1, double beta2, double epsilon, double weightDecay)
    implements UpdateRule {

  /** Checks the ranges. */
  public AdamW {
    Moments.check(beta1, beta2, epsilon);
    OptionChecks.notNegative("weightDecay", weightDecay);
  }

  /** 0.9, 0.999, 1e-8 and 0.01, as in {@code torch.optim.AdamW}; its learning rate is 0.001. */
  public AdamW(double learningRate) {
    this(Schedule.constant(learningRate), 0.9, 0.999, 1e-8, 0.01);
  }

  @Override
  public String name() {
    return "adamw";
  }

  @Override
  public Value next(ParameterUpdate at) {
    Value kept = at.learningRate().times(weightDecay).oneMinus();
    Value decayed = at.scaled(at.parameter(), kept);
    return Moments.step(at, decayed, beta1, beta2, epsilon, UnaryOperator.identity());
  }
}
