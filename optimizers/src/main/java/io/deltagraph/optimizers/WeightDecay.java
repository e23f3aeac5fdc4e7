package io.deltagraph.optimizers;

import com.google.common.collect.ImmutableMap;
import io.deltagraph.graph.GraphParameter;
import io.deltagraph.graph.Value;
import java.util.function.Predicate;

/**
 * {@code g ← g + λ w}: the gradient of {@code ½ λ ‖w‖²} added to that of the loss, which is {@code
 * weight_decay} of PyTorch's optimizers other than AdamW. Optimizers that scale gradients, as Adam
 * does, scale it as well; {@link AdamW} decays apart from the gradient.
 */
public final class WeightDecay {
  private WeightDecay() {}

  /** The decay of all parameters; λ is not below 0. */
  public static GradientTransform of(double lambda) {
    return of(lambda, parameter -> true);
  }

  /**
   * The decay of some parameters.
   *
   * @param lambda λ, not below 0
   * @param decayed which ones decay, such as {@code parameter -> parameter.type().rank() > 1},
   *     which leaves biases out
   */
  public static GradientTransform of(double lambda, Predicate<GraphParameter> decayed) {
    OptionChecks.notNegative("weightDecay", lambda);
    return gradients -> {
      ImmutableMap.Builder<GraphParameter, Value> sums = ImmutableMap.builder();
      gradients.forEach((parameter, g) ->
          sums.put(parameter, decayed.test(parameter) ? g.plus(parameter.times(lambda)) : g));
      return sums.buildOrThrow();
    };
  }
}
