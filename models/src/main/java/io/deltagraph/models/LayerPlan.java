package io.deltagraph.models;

/**
 * A dense layer to be built.
 *
 * @param units the number of neurons
 * @param activation applied to the pre-activations; further inputs of the op, such as prelu's
 *     alpha, become parameters of the layer
 * @param initialiser draws the weights; biases start at 0
 */
public record LayerPlan(int units, OpChoice activation, Initialiser initialiser) {

  /** Checks the number of neurons. */
  public LayerPlan {
    if (units < 1) {
      throw new IllegalArgumentException("A layer has at least one neuron, got " + units + ".");
    }
  }
}
