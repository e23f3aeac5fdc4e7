package io.deltagraph.testkit;

import com.google.common.base.Preconditions;

/**
 * What holds of an op's numbers far out and next to 0. {@link #exact} is all that can: every number
 * and every gradient is right to roundings of itself, and where an input is infinite both are their
 * limits. An op that does less says how much less, and why; the contract asserts that.
 *
 * @param stated whether anything is said; if not, it is only reported what {@link #exact} lacks
 * @param output by how many roundings of the largest input, or of 1 if that is larger, an output
 *     may be off beyond its own
 * @param gradient by how many roundings of the largest cotangent a gradient may be off beyond its
 *     own
 * @param infinity whether infinite inputs give limits
 * @param mixed whether inputs of very different size are taken together
 * @param why the reasons; empty if nothing is left out
 */
public record Extremes(
    boolean stated, double output, double gradient, boolean infinity, boolean mixed, String why) {
  /** Nothing: what holds is reported, and nothing fails. */
  public static Extremes unstated() {
    return new Extremes(false, 0, 0, true, true, "");
  }

  /** Every number to roundings of itself, and every limit. */
  public static Extremes exact() {
    return new Extremes(true, 0, 0, true, true, "");
  }

  /**
   * Outputs that lose digits on their way, such as {@code x Φ(x)} where {@code 1 + erf} cancels.
   *
   * @param roundings of the largest input, or of 1 if that is larger: {@code 2^-53} or {@code
   *     2^-24} of it
   */
  public Extremes outputWithin(double roundings, String reason) {
    return new Extremes(true, roundings, gradient, infinity, mixed, because(reason));
  }

  /**
   * Gradients that lose digits on their way, such as {@code g (1 − y²)} where y is next to 1.
   *
   * @param roundings of the largest cotangent: {@code 2^-53} or {@code 2^-24} of it
   */
  public Extremes gradientWithin(double roundings, String reason) {
    return new Extremes(true, output, roundings, infinity, mixed, because(reason));
  }

  /** Infinite inputs need not give limits. */
  public Extremes finiteInputs(String reason) {
    return new Extremes(true, output, gradient, false, mixed, because(reason));
  }

  /** Inputs of very different size need not be taken together: partial products overflow, say. */
  public Extremes similarSizes(String reason) {
    return new Extremes(true, output, gradient, infinity, false, because(reason));
  }

  private String because(String reason) {
    Preconditions.checkArgument(!reason.isBlank(), "A bound has a reason.");
    return why.isEmpty() ? reason : why + "; " + reason;
  }
}
