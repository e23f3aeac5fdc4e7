package io.deltagraph.models;

import io.deltagraph.graph.GraphParameter;
import io.deltagraph.graph.Value;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A dense layer that can be applied to any number of values, which then share its weights: {@code
 * φ(X Wᵀ + b)}. Made by {@link ModelBuilder}.
 *
 * @param weights out × in
 * @param bias out
 * @param activation φ
 * @param slopes further inputs of the activation, such as prelu's alpha
 */
public record Dense(
    GraphParameter weights, GraphParameter bias, OpChoice activation, List<GraphParameter> slopes)
    implements UnaryOperator<Value> {
  public Dense {
    slopes = List.copyOf(slopes);
  }

  /**
   * Z, n × out.
   *
   * @param x n × in
   * @throws io.deltagraph.graph.GraphException at the caller's line, if x has another width
   */
  public Value preActivation(Value x) {
    return x.matmul(weights.transpose()).plus(bias);
  }

  /**
   * A = φ(Z), n × out.
   *
   * @param x n × in
   * @throws io.deltagraph.graph.GraphException at the caller's line, if x has another width
   */
  @Override
  public Value apply(Value x) {
    return activate(preActivation(x));
  }

  /** φ(Z) of any Z. */
  public Value activate(Value z) {
    return z.op(activation.op(), activation.attributes(), slopes.toArray(Value[]::new));
  }
}
