package io.deltagraph.losses;

import com.google.common.collect.ImmutableList;
import io.deltagraph.graph.GraphException;
import io.deltagraph.graph.GraphParameter;
import io.deltagraph.graph.OpAttribute;
import io.deltagraph.graph.Schema;
import io.deltagraph.graph.Value;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * The attributes of a penalty on weights.
 *
 * @param lambda the strength λ, at least 0
 * @param samples the number of samples m that the penalty is divided by, above 0
 */
public record Penalty(double lambda, double samples) {
  /** Checks both. */
  public Penalty {
    if (!(lambda >= 0 && Double.isFinite(lambda))) {
      throw new IllegalArgumentException(
          "The attribute 'lambda' is a finite number of at least 0, got " + lambda + ".");
    }
    if (!(samples > 0 && Double.isFinite(samples))) {
      throw new IllegalArgumentException(
          "The attribute 'samples' is a finite number above 0, got " + samples + ".");
    }
  }

  /**
   * What a penalty applies to: the parameters with two or more axes. Weights are out × in and
   * biases are vectors, so this leaves the biases out.
   */
  public static List<GraphParameter> weights(Collection<GraphParameter> parameters) {
    return parameters.stream()
        .filter(parameter -> parameter.type().rank() >= 2)
        .collect(ImmutableList.toImmutableList());
  }

  /** {@code λ/m}. */
  double strength() {
    return lambda / samples;
  }

  static Schema<Penalty> schema() {
    return Schema.of(
        Penalty::new,
        OpAttribute.number("lambda", Penalty::lambda).orElse(1.0),
        OpAttribute.number("samples", Penalty::samples).orElse(1.0));
  }

  static Value of(String name, double lambda, double samples, List<? extends Value> weights) {
    if (weights.isEmpty()) {
      throw new GraphException.BadGraph(
          "'"
              + name
              + "' takes the weights of a model, got none; a model of biases has no penalty.");
    }
    Value[] others = weights.subList(1, weights.size()).toArray(Value[]::new);
    return weights.get(0).op(name, Map.of("lambda", lambda, "samples", samples), others);
  }
}
