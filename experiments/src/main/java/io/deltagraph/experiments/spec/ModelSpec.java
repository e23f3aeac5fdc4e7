package io.deltagraph.experiments.spec;

import com.google.common.collect.ImmutableList;
import io.deltagraph.models.Normalisation;
import java.util.List;

/** Which model to train. */
public sealed interface ModelSpec {
  /** Returns how the weights start. */
  Choice initialiser();

  /**
   * Linear regression on all products of the features up to a degree.
   *
   * @param degree 1 for the features alone
   * @param initialiser how the weights start
   */
  record Linear(int degree, Choice initialiser) implements ModelSpec {}

  /**
   * Logistic regression on all products of the features up to a degree; two classes.
   *
   * @param degree 1 for the features alone
   * @param initialiser how the weights start
   */
  record Logistic(int degree, Choice initialiser) implements ModelSpec {}

  /**
   * Softmax regression on all products of the features up to a degree.
   *
   * @param parametrisation how many parameter vectors there are
   * @param degree 1 for the features alone
   * @param initialiser how the weights start
   */
  record Softmax(Parametrisation parametrisation, int degree, Choice initialiser)
      implements ModelSpec {}

  /**
   * A multilayer perceptron.
   *
   * @param layers from the first hidden layer to the output layer
   * @param initialiser how the weights start
   */
  record Mlp(List<Layer> layers, Choice initialiser) implements ModelSpec {
    public Mlp {
      layers = ImmutableList.copyOf(layers);
    }

    /** Returns how many weights and biases there are over d0 inputs. */
    public long parameters(int inputs) {
      long count = 0;
      long width = inputs;
      for (Layer layer : layers) {
        count = Math.addExact(count, Math.multiplyExact(width + 1, (long) layer.units()));
        width = layer.units();
      }
      return count;
    }

    /** Returns the width of the last layer. */
    public int outputs() {
      return layers.getLast().units();
    }
  }

  /**
   * A single neuron by the perceptron's own rule (file 000 §1.2); two classes.
   *
   * @param learningRate the factor of each correction
   * @param initialiser how the weights start
   */
  record Perceptron(double learningRate, Choice initialiser) implements ModelSpec {}

  /** How many parameter vectors softmax regression has for K classes. */
  enum Parametrisation {
    /** K (file 003 eq. 13). */
    FULL,
    /** K − 1, the last being 0 (file 002). */
    REDUCED
  }

  /**
   * One layer of a multilayer perceptron.
   *
   * @param units its width
   * @param activation what its pre-activations go through
   * @param normalisation what they are normalised over before
   * @param dropout which share of the activations is dropped in training
   */
  record Layer(int units, Choice activation, Normalisation normalisation, double dropout) {
    /** A layer that is dense and no more. */
    public Layer(int units, Choice activation) {
      this(units, activation, Normalisation.NONE, 0);
    }
  }
}
