package io.deltagraph.optimizers;

import io.deltagraph.graph.Value;

/**
 * {@code v ← μ v + (1 − d) g} (at the first step {@code v ← g}), {@code w ← w − η v}: gradient
 * descent with momentum μ and dampening d, the heavy ball; with Nesterov's option {@code w ← w − η
 * (g + μ v)}.
 *
 * <p>The rule is that of {@code torch.optim.SGD}, which keeps the learning rate out of the velocity
 * v; Polyak (1964) and Sutskever et al. (2013), {@code v ← μ v − η g}, {@code w ← w + v}, differ
 * where η changes. State: {@code velocity}; none where μ = 0, which is plain gradient descent.
 *
 * @param learningRate η
 * @param momentum μ, from 0 to below 1
 * @param dampening d, from 0 to below 1; 0 with Nesterov's option and without momentum
 * @param nesterov whether the step looks ahead; only with momentum
 */
public record Sgd(Schedule learningRate, double momentum, double dampening, boolean nesterov)
    implements UpdateRule {

  /** Checks the ranges. */
  public Sgd {
    OptionChecks.decay("momentum", momentum);
    OptionChecks.decay("dampening", dampening);
    if (nesterov && momentum == 0) {
      throw OptionException.badValue("nesterov", true, "false where momentum is 0");
    }
    if (dampening != 0 && (nesterov || momentum == 0)) {
      throw OptionException.badValue(
          "dampening", dampening, "0 with nesterov and where momentum is 0");
    }
  }

  /** The heavy ball without dampening. */
  public Sgd(double learningRate, double momentum) {
    this(Schedule.constant(learningRate), momentum, 0, false);
  }

  @Override
  public String name() {
    return "sgd";
  }

  @Override
  public Value next(ParameterUpdate at) {
    Value direction = momentum == 0 ? at.gradient() : direction(at);
    return at.parameter().minus(at.scaled(direction, at.learningRate()));
  }

  private Value direction(ParameterUpdate at) {
    Value g = at.gradient();
    Value velocity =
        at.state(
            "velocity",
            0,
            old -> {
              Value later = old.times(momentum).plus(g.times(1 - dampening));
              // Where nothing is damped, both are the same: the velocity starts at 0.
              return dampening == 0
                  ? later
                  : at.step().equal(at.step().constant(1)).where(g, later);
            });
    return nesterov ? g.plus(velocity.times(momentum)) : velocity;
  }
}
