package io.deltagraph.optimizers;

import io.deltagraph.graph.Value;

/**
 * {@code s ← α s + (1 − α) g²}, {@code w ← w − η g / (√s + ε)} (Hinton's lecture 6e, 2012).
 *
 * <p>As in {@code torch.optim.RMSprop}, ε is outside the root (inside in TensorFlow's) and there is
 * no correction of the start at 0. Centred (Graves 2013), {@code a ← α a + (1 − α) g} and {@code s
 * − a²} takes the place of s; rounding can make it negative, and here it is then 0, not NaN. With
 * momentum μ, {@code b ← μ b + g / (√s + ε)}, {@code w ← w − η b}. State: {@code square}; {@code
 * mean} if centred; {@code velocity} if μ > 0. Squares overflow as in {@link Adam}.
 *
 * @param learningRate η
 * @param alpha α, from 0 to below 1
 * @param epsilon ε, not below 0
 * @param momentum μ, from 0 to below 1
 * @param centered whether the mean is taken off
 */
public record RmsProp(
    Schedule learningRate, double alpha, double epsilon, double momentum, boolean centered)
    implements UpdateRule {

  /** Checks the ranges. */
  public RmsProp {
    OptionChecks.decay("alpha", alpha);
    OptionChecks.notNegative("epsilon", epsilon);
    OptionChecks.decay("momentum", momentum);
  }

  /** 0.99, 1e-8, no momentum, not centred, as in {@code torch.optim.RMSprop}; its rate is 0.01. */
  public RmsProp(double learningRate) {
    this(Schedule.constant(learningRate), 0.99, 1e-8, 0, false);
  }

  @Override
  public String name() {
    return "rmsprop";
  }

  @Override
  public Value next(ParameterUpdate at) {
    Value g = at.gradient();
    Value square = at.average("square", alpha, g.square());
    Value spread =
        centered
            ? square.minus(at.average("mean", alpha, g).square()).maximum(g.constant(0))
            : square;
    Value scaled = g.over(spread.sqrt().plus(epsilon));
    Value direction =
        momentum == 0 ? scaled : at.state("velocity", 0, old -> old.times(momentum).plus(scaled));
    return at.parameter().minus(at.scaled(direction, at.learningRate()));
  }
}
