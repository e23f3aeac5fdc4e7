package io.deltagraph.closedform;

import java.util.function.DoubleUnaryOperator;

/** Gradient descent (000 §4.2, 4.4; 001; 002; 003 eq. 42) and when to stop it (001). */
public final class DescentFormulas {
  private DescentFormulas() {}

  /** The example function {@code f(x) = σ(x) + sin x + cos² x} (000 §4.2). */
  public static double example(double x) {
    double cos = Math.cos(x);
    return 1 / (1 + Math.exp(-x)) + Math.sin(x) + cos * cos;
  }

  /** {@code f'(x) = σ(x) (1 − σ(x)) + cos x − sin 2x}. */
  public static double exampleDerivative(double x) {
    double s = 1 / (1 + Math.exp(-x));
    return s * (1 - s) + Math.cos(x) - Math.sin(2 * x);
  }

  /** The point after so many steps {@code x ← x − η f'(x)} (000 §4.2). */
  public static double descend(
      DoubleUnaryOperator derivative, double start, double learningRate, int steps) {
    double x = start;
    for (int i = 0; i < steps; i++) {
      x -= learningRate * derivative.applyAsDouble(x);
    }
    return x;
  }

  /** {@code w ← w − η ∇C} (000 §4.2; 003 eq. 42). */
  public static double[] step(double[] parameters, double[] gradient, double learningRate) {
    Matrices.requireSize(gradient.length, parameters.length, "the length of the gradient");
    double[] next = parameters.clone();
    for (int i = 0; i < next.length; i++) {
      next[i] -= learningRate * gradient[i];
    }
    return next;
  }

  /** {@code ⌈n / α⌉}, the updates in one epoch over n samples with α at a time (000 §4.4). */
  public static int updatesPerEpoch(int samples, int batchSize) {
    return Math.ceilDiv(samples, batchSize);
  }

  /** Whether training ends: after N epochs, or as soon as the cost falls below a value (001). */
  public static boolean stops(int epochsDone, int epochs, double cost, double stopBelow) {
    return epochsDone >= epochs || cost < stopBelow;
  }
}
