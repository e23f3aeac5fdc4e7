package io.deltagraph.closedform;

import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;

/** Derivatives by differences of function values (002, "numeric gradient check"). */
public final class NumericGradient {
  private NumericGradient() {}

  /** {@code (f(x + ε) − f(x − ε)) / 2ε}: its error falls with ε² until rounding takes over. */
  public static double central(DoubleUnaryOperator f, double x, double epsilon) {
    double above = x + epsilon;
    double below = x - epsilon;
    return (f.applyAsDouble(above) - f.applyAsDouble(below)) / (above - below);
  }

  /** {@code (f(x + ε) − f(x)) / ε}: its error falls with ε only. */
  public static double oneSided(DoubleUnaryOperator f, double x, double epsilon) {
    double above = x + epsilon;
    return (f.applyAsDouble(above) - f.applyAsDouble(x)) / (above - x);
  }

  /**
   * The central difference in every coordinate, with {@code ε_i = epsilon · max(1, |θ_i|)}; the
   * argument is restored after each.
   */
  public static double[] central(
      ToDoubleFunction<double[]> cost, double[] parameters, double epsilon) {
    double[] theta = parameters.clone();
    double[] gradient = new double[theta.length];
    for (int i = 0; i < theta.length; i++) {
      double kept = theta[i];
      double step = epsilon * Math.max(1, Math.abs(kept));
      double above = kept + step;
      double below = kept - step;
      theta[i] = above;
      double costAbove = cost.applyAsDouble(theta);
      theta[i] = below;
      double costBelow = cost.applyAsDouble(theta);
      theta[i] = kept;
      gradient[i] = (costAbove - costBelow) / (above - below);
    }
    return gradient;
  }
}
