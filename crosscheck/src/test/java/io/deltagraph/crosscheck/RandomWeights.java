package io.deltagraph.crosscheck;

import com.google.common.collect.ImmutableMap;
import io.deltagraph.graph.OpLookup;
import io.deltagraph.models.Initialiser;
import io.deltagraph.models.Network;
import io.deltagraph.models.NetworkPlan;
import io.deltagraph.random.RandomStream;
import io.deltagraph.random.Seeds;
import io.deltagraph.tensor.Tensor;

/** Weights to check a net at: a net that starts at zeros would be checked at a special point. */
final class RandomWeights {
  private static final double BIAS = 0.1; // small, but not the 0 that biases start at

  private RandomWeights() {}

  /**
   * Weights from a normal distribution with deviation {@code 1/√fan_in} (000 §4.5) and everything
   * else moved a little from where it starts, whatever initialiser the plan has.
   *
   * @return the parameters of the net by name, in its dtype
   */
  static ImmutableMap<String, Tensor> of(NetworkPlan plan, OpLookup ops, long seed) {
    Seeds seeds = Seeds.of(seed).derive("check");
    Network network = Network.build(plan.initialised(new Initialiser.NormalFanIn()), ops, seeds);
    ImmutableMap.Builder<String, Tensor> weights = ImmutableMap.builder();
    network
        .initial()
        .forEach((parameter, start) -> {
          RandomStream random = seeds.derive(parameter.label()).stream();
          boolean matrix = start.type().rank() >= 2;
          weights.put(
              parameter.label(),
              matrix
                  ? start
                  : Tensor.generate(
                      start.type(), i -> start.get(i) + BIAS * random.nextGaussian()));
        });
    return weights.buildOrThrow();
  }
}
