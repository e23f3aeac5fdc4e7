package io.deltagraph.optimizers;

import io.deltagraph.graph.Value;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;

/**
 * {@code η₀} until the watched loss no longer falls: after {@code patience} epochs without an
 * improvement the rate is multiplied by {@code factor}, down to {@code least}, and the counting
 * begins anew, as {@code tf.keras.callbacks.ReduceLROnPlateau} does without a cooldown. A loss is
 * better if it is below the best so far by more than {@code minDelta}. The loop that trains says
 * how far the rate has come, by the state {@link #SCALE}.
 *
 * @param learningRate η₀
 * @param factor above 0 and below 1
 * @param patience from 1
 * @param minDelta not below 0
 * @param least the rate it stays at, not below 0
 */
public record ReduceOnPlateau(
    double learningRate, double factor, int patience, double minDelta, double least)
    implements Schedule {

  /** The name of the state that the rate is multiplied by, an f64 scalar, 1 at first. */
  public static final String SCALE = "optimizer/plateau";

  /** Checks the ranges. */
  public ReduceOnPlateau {
    OptionChecks.positive("learningRate", learningRate);
    OptionChecks.check(factor > 0 && factor < 1, "factor", factor, "a number between 0 and 1");
    OptionChecks.count("patience", patience);
    OptionChecks.notNegative("minDelta", minDelta);
    OptionChecks.notNegative("least", least);
  }

  @Override
  public Value at(Value step) {
    return OptimizerStep.state(step.builder(), SCALE, TensorType.scalar(DType.F64))
        .times(learningRate);
  }

  /** What comes after a scale: never one that makes the rate less than the least. */
  public double lowered(double scale) {
    return Math.min(scale, Math.max(scale * factor, least / learningRate));
  }
}
