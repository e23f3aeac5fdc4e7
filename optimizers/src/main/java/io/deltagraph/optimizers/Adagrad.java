package io.deltagraph.optimizers;

import io.deltagraph.graph.Value;

/**
 * {@code s ← s + g²}, {@code w ← w − η' g / (√s + ε)} with {@code η' = η / (1 + (t − 1) c)} at step
 * t (Duchi, Hazan and Singer 2011, the diagonal form).
 *
 * <p>As in {@code torch.optim.Adagrad}, ε is outside the root; the paper has no ε, and other
 * implementations put it inside. State: {@code sum}. Squares overflow as in {@link Adam}.
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
    OptionChecks.notNegative("learningRateDecay", learningRateDecay);
    OptionChecks.notNegative("initialAccumulator", initialAccumulator);
    OptionChecks.notNegative("epsilon", epsilon);
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
  public Value next(ParameterUpdate at) {
    Value g = at.gradient();
    Value sum = at.state("sum", initialAccumulator, old -> old.plus(g.square()));
    Value rate =
        learningRateDecay == 0
            ? at.learningRate()
            : at.learningRate().over(at.step().minus(1).times(learningRateDecay).plus(1));
    return at.parameter().minus(at.scaled(g.over(sum.sqrt().plus(epsilon)), rate));
  }
}
