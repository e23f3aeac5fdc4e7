package io.deltagraph.models;

import io.deltagraph.graph.GraphParameter;
import io.deltagraph.graph.Input;
import io.deltagraph.graph.Value;
import java.util.Optional;

/**
 * A dense layer of a graph, {@code A = φ(Z)} with {@code Z = X Wᵀ + b}.
 *
 * @param name such as {@code layer1}
 * @param plan what it was built from
 * @param dense its parameters and its activation
 * @param preActivation Z, n × out
 * @param activation A, n × out
 * @param output what the next layer takes: A, or what dropout leaves of it
 * @param shift an input of Z's type that is added to Z, where the net was built for checking: the
 *     central difference with respect to it is that of δ = ∂C/∂Z
 */
public record Layer(
    String name,
    LayerPlan plan,
    Dense dense,
    Value preActivation,
    Value activation,
    Value output,
    Optional<Input> shift) {

  /** W, out × in. */
  public GraphParameter weights() {
    return dense.weights();
  }

  /** b, out. */
  public GraphParameter bias() {
    return dense.bias();
  }

  /** What the layer of that number is called; the first has number 1. */
  public static String name(int number) {
    return "layer" + number;
  }

  /** What the weights of the layer of that number are called. */
  public static String weight(int number) {
    return further(number, "weight");
  }

  /** What the bias of the layer of that number is called. */
  public static String bias(int number) {
    return further(number, "bias");
  }

  /** What a further parameter is called, one that the activation has as an input of that name. */
  public static String further(int number, String input) {
    return name(number) + "." + input;
  }
}
