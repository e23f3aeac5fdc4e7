package io.deltagraph.experiments.spec;

import java.util.Optional;

/**
 * How it is made small.
 *
 * @param rule the optimizer and its options but the learning rate
 * @param learningRate the factor of a step at the start
 * @param schedule how the learning rate changes; none means that it does not
 * @param clipping how gradients are cut; none means that they are not
 */
public record OptimizerSpec(
    Choice rule, double learningRate, Optional<Choice> schedule, Optional<Clipping> clipping) {
  /** How gradients are cut. */
  public sealed interface Clipping {
    /**
     * Every entry to [−limit, limit].
     *
     * @param limit above 0
     */
    record ByValue(double limit) implements Clipping {}

    /**
     * All parameters' gradients together to a Euclidean norm.
     *
     * @param limit above 0
     */
    record ByGlobalNorm(double limit) implements Clipping {}
  }
}
