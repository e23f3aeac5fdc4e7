package io.deltagraph.optimizers;

import io.deltagraph.graph.Value;

/**
 * {@code w ← w − η g} (000 §4.2; 001; 002; 003 eq. 42). With all samples it is gradient descent,
 * with some of them mini-batch or stochastic gradient descent.
 */
public record GradientDescent(Schedule learningRate) implements UpdateRule {

  /** A constant learning rate. */
  public GradientDescent(double learningRate) {
    this(Schedule.constant(learningRate));
  }

  @Override
  public String name() {
    return "gradient_descent";
  }

  @Override
  public Value next(ParameterUpdate at) {
    return at.parameter().minus(at.scaled(at.gradient(), at.learningRate()));
  }
}
