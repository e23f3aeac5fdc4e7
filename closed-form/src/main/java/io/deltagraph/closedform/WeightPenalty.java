package io.deltagraph.closedform;

/**
 * {@code λ1/n Σ |W| + λ2/(2n) Σ W²} over the weights of a net, biases left out, for n samples; the
 * second is file 002's.
 *
 * <p>It adds {@code λ1/n sign(W) + λ2/n W} to {@code ∂C/∂W}, with 0 for the sign of 0.
 *
 * @param l1 λ1, 0 for none
 * @param l2 λ2, 0 for none
 */
public record WeightPenalty(double l1, double l2) {
  /** No penalty. */
  public static final WeightPenalty NONE = new WeightPenalty(0, 0);

  public WeightPenalty {
    if (!(l1 >= 0 && l2 >= 0)) {
      throw new IllegalArgumentException(
          "the penalties are l1 = " + l1 + " and l2 = " + l2 + ", expected numbers from 0 up");
    }
  }

  double value(double[][] weights, int samples) {
    return (l1 * PenaltyFormulas.norm1(weights) + l2 / 2 * PenaltyFormulas.sumOfSquares(weights))
        / samples;
  }

  /** What it adds to the derivative by one weight. */
  public double gradient(double weight, int samples) {
    return (l1 * Math.signum(weight) + l2 * weight) / samples;
  }
}
