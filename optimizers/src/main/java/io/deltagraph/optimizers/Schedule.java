package io.deltagraph.optimizers;

import io.deltagraph.graph.Value;

/** The learning rate as a function of the number of the step, written as a graph. */
@FunctionalInterface
public interface Schedule {

  /**
   * The learning rate at a step.
   *
   * @param step an f64 scalar, 1 for the first step
   * @return an f64 scalar
   */
  Value at(Value step);

  /** The same rate at every step. */
  static Schedule constant(double learningRate) {
    double checked = OptionChecks.positive("learningRate", learningRate);
    return step -> step.constant(checked);
  }
}
