package io.deltagraph.closedform;

/** The derivative of the cost through one weight, link by link (000 §4.3). */
public final class ChainRule {
  private ChainRule() {}

  /**
   * The derivatives along the path of one hidden weight.
   *
   * @param preActivationByWeight {@code ∂z/∂w}: the activation that the weight multiplies
   * @param activationByPreActivation {@code ∂a/∂z = φ'(z)}
   * @param costByActivation {@code ∂C/∂a = Σj δ_j w_ji}, over the neurons j that read a
   */
  public record Links(
      double preActivationByWeight, double activationByPreActivation, double costByActivation) {
    /** {@code ∂C/∂w = ∂z/∂w · ∂a/∂z · ∂C/∂a}. */
    public double product() {
      return preActivationByWeight * activationByPreActivation * costByActivation;
    }
  }

  /** {@code ∂C/∂a_i = Σj δ_j w_ji}, with δ of the layer above and its weights out x in. */
  public static double costByActivation(double[] deltaAbove, double[][] weightsAbove, int neuron) {
    double sum = 0;
    for (int j = 0; j < deltaAbove.length; j++) {
      sum += deltaAbove[j] * weightsAbove[j][neuron];
    }
    return sum;
  }
}
