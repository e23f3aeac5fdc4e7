package io.deltagraph.models;

/**
 * A dense layer to be built.
 *
 * @param units the number of neurons
 * @param activation applied to the pre-activations; further inputs of the op, such as prelu's
 *     alpha, become parameters of the layer
 * @param initialiser draws the weights; biases start at 0
 * @param normalisation of the pre-activations, before the activation
 * @param dropout which share of the activations is dropped in training, from 0 to below 1
 */
public record LayerPlan(
    int units,
    OpChoice activation,
    Initialiser initialiser,
    Normalisation normalisation,
    double dropout) {

  /** A layer without normalisation and dropout. */
  public LayerPlan(int units, OpChoice activation, Initialiser initialiser) {
    this(units, activation, initialiser, Normalisation.NONE, 0);
  }

  /** Checks the number of neurons and the share of what is dropped. */
  public LayerPlan {
    if (units < 1) {
      throw new IllegalArgumentException("A layer has at least one neuron, got " + units + ".");
    }
    if (!(dropout >= 0 && dropout < 1)) {
      throw new IllegalArgumentException(
          "A dropout's rate is from 0 to below 1, got " + dropout + ".");
    }
  }

  /** Whether it is a dense layer and no more. */
  public boolean isPlain() {
    return normalisation == Normalisation.NONE && dropout == 0;
  }

  /** The same layer with another initialiser. */
  LayerPlan initialised(Initialiser other) {
    return new LayerPlan(units, activation, other, normalisation, dropout);
  }
}
