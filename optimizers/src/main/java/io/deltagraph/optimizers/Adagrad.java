package io.deltagraph.optimizers;

import io.deltagraph.graph.Value;

/**
 * {@code s ← s + g²}, {@code w ← w − η' g / (√s + ε)} with {@code η' = η / (1 + (t − 1) c)} at step
 * t (Duchi, Hazan and Singer 2011, the diagonal form).
 *
 * <p>As in {@code torch.optim.Adagrad}, ε is outside the root; the paper has no ε, and other
 * implementations put it inside. State: {@code sum}.
 *
 * @param learningRate η
 * @param learningRateDecay c, not below 0
 * @param initialAccumulator s before the first step, not below 0
 * @param epsilon ε, not below 0
 */
public record Adagrad(
    Schedule learningRate, double learningRateDecay, double initialAccumulator, double epsilon)
    implements UpdateRule {

  /** Checks the ranges. */
  public Adagrad {
    Checks.notNegative("learningRateDecay", learningRateDecay);
    Checks.notNegative("initialAccumulator", initialAccumulator);
    Checks.notNegative("epsilon", epsilon);
  }

  /** No decay, from 0, and 1e-10, as in {@code torch.optim.Adagrad}; its learning rate is 0.01. */
  public Adagrad(double learningRate) {
    this(Schedule.constant(learningRate), 0, 0, 1e-10);
  }

  @Override
  public String name() {
    return "adagrad";
  }

  @Override
  public Value next(Slot slot) {
    Value g = slot.gradient();
    Value sum = slot.state("sum", initialAccumulator, old -> old.plus(g.square()));
    Value rate =
        learningRateDecay == 0
            ? slot.learningRate()
            : slot.learningRate().over(slot.step().minus(1).times(learningRateDecay).plus(1));
    return slot.parameter().minus(slot.scaled(g.over(sum.sqrt().plus(epsilon)), rate));
  }
}
