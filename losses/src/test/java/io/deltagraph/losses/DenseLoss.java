package io.deltagraph.losses;

import io.deltagraph.graph.Value;
import io.deltagraph.tensor.Tensor;
import java.util.function.BinaryOperator;
import java.util.function.DoubleBinaryOperator;

/**
 * Losses of outputs and targets of one shape, with the formulas that {@link DenseLossesTest} holds
 * them to.
 */
@SuppressWarnings("ImmutableEnumChecker") // functions without state
enum DenseLoss {
  /** {@code δ = a − t} before φ' (000 §4.3; 003 eq. 44). */
  HALF_SQUARED_ERROR(
      HalfSquaredError::of,
      HalfSquaredError::of,
      LossReduction.MEAN,
      (a, t) -> 0.5 * (a - t) * (a - t),
      (a, t) -> a - t,
      (a, t) -> t - a,
      Data.NUMBERS),

  /** {@code 2 (a − t)/(n k)} (001; 003 eq. 20–21). */
  MEAN_SQUARED_ERROR(
      MeanSquaredError::of,
      MeanSquaredError::of,
      LossReduction.MEAN_ALL,
      (a, t) -> (t - a) * (t - a),
      (a, t) -> 2 * (a - t),
      (a, t) -> 2 * (t - a),
      Data.NUMBERS),

  /** {@code 2 (f − z)} (003 eq. 19). */
  SQUARED_DISTANCE(
      SquaredDistance::of,
      SquaredDistance::of,
      LossReduction.SUM,
      (a, t) -> (a - t) * (a - t),
      (a, t) -> 2 * (a - t),
      (a, t) -> 2 * (t - a),
      Data.NUMBERS),

  /** {@code sign(a − t)/(n k)} (001). */
  MEAN_ABSOLUTE_ERROR(
      MeanAbsoluteError::of,
      MeanAbsoluteError::of,
      LossReduction.MEAN_ALL,
      (a, t) -> Math.abs(a - t),
      (a, t) -> Math.signum(a - t),
      (a, t) -> Math.signum(t - a),
      Data.NUMBERS),

  /** The error within ±1.5, and ±1.5 outside. */
  HUBER(
      (a, t) -> Huber.of(a, t, 1.5),
      (a, t, reduction) -> Huber.of(a, t, 1.5, reduction),
      LossReduction.MEAN_ALL,
      (a, t) -> Math.abs(a - t) <= 1.5 ? 0.5 * (a - t) * (a - t) : 1.5 * Math.abs(a - t) - 1.125,
      (a, t) -> Math.max(-1.5, Math.min(1.5, a - t)),
      (a, t) -> Math.max(-1.5, Math.min(1.5, t - a)),
      Data.NUMBERS),

  /** {@code −t if t z < 1 else 0} (003). */
  HINGE(
      Hinge::of,
      Hinge::of,
      LossReduction.MEAN,
      (z, t) -> Math.max(0, 1 - t * z),
      (z, t) -> t * z < 1 ? -t : 0,
      (z, t) -> t * z < 1 ? -z : 0,
      Data.SIGNS),

  /** {@code (a − t) / (a (1 − a))} (002). */
  BINARY_CROSS_ENTROPY(
      BinaryCrossEntropy::of,
      BinaryCrossEntropy::of,
      LossReduction.MEAN_ALL,
      (a, t) -> -(t * Math.log(a) + (1 - t) * Math.log(1 - a)),
      (a, t) -> (a - t) / (a * (1 - a)),
      (a, t) -> Math.log((1 - a) / a),
      Data.PROBABILITIES),

  /** {@code (a − t) / (a (1 − a))} (002; 004). */
  ELEMENTWISE_CROSS_ENTROPY(
      ElementwiseCrossEntropy::of,
      ElementwiseCrossEntropy::of,
      LossReduction.MEAN,
      (a, t) -> -(t * Math.log(a) + (1 - t) * Math.log(1 - a)),
      (a, t) -> (a - t) / (a * (1 - a)),
      (a, t) -> Math.log((1 - a) / a),
      Data.PROBABILITIES),

  /** {@code σ(z) − t} (002; 004). */
  BINARY_CROSS_ENTROPY_WITH_LOGITS(
      BinaryCrossEntropyWithLogits::of,
      BinaryCrossEntropyWithLogits::of,
      LossReduction.MEAN_ALL,
      (z, t) -> -t * Math.log(1 / (1 + Math.exp(-z))) - (1 - t) * Math.log(1 / (1 + Math.exp(z))),
      (z, t) -> 1 / (1 + Math.exp(-z)) - t,
      (z, t) -> -z,
      Data.LOGITS),

  /** {@code −t / a} (001; 004). */
  CATEGORICAL_CROSS_ENTROPY(
      CategoricalCrossEntropy::of,
      CategoricalCrossEntropy::of,
      LossReduction.MEAN,
      (a, t) -> -t * Math.log(a),
      (a, t) -> -t / a,
      (a, t) -> -Math.log(a),
      Data.PROBABILITIES),

  /** {@code −t / a} and {@code ln(t / a) + 1}. */
  KL_DIVERGENCE(
      KlDivergence::of,
      KlDivergence::of,
      LossReduction.MEAN,
      (a, t) -> t == 0 ? 0 : t * Math.log(t / a),
      (a, t) -> -t / a,
      (a, t) -> Math.log(t / a) + 1,
      Data.LAWS);

  /** Outputs and targets that a loss is meant for. */
  enum Data {
    NUMBERS(
        Tensor.matrix(new double[] {0.5, -2, 3}, new double[] {1.25, 0, -4}),
        Tensor.matrix(new double[] {1, -1, 3.5}, new double[] {-2, 0.75, 4})),
    SIGNS(
        Tensor.matrix(new double[] {0.5, -2, 3}, new double[] {1.25, 0, -4}),
        Tensor.matrix(new double[] {1, -1, -1}, new double[] {-1, 1, 1})),
    PROBABILITIES(
        Tensor.matrix(new double[] {0.5, 0.25, 0.875}, new double[] {0.9, 0.03125, 0.6}),
        Tensor.matrix(new double[] {1, 0, 0.25}, new double[] {0.5, 0, 1})),
    LOGITS(
        Tensor.matrix(new double[] {0.5, -2, 3}, new double[] {1.25, 0, -4}),
        Tensor.matrix(new double[] {1, 0, 0.25}, new double[] {0.5, 0, 1})),
    LAWS(
        Tensor.matrix(new double[] {0.5, 0.25, 0.875}, new double[] {0.9, 0.03125, 0.6}),
        Tensor.matrix(new double[] {1, 0.125, 0.25}, new double[] {0.5, 0.0625, 1}));

    final Tensor outputs;
    final Tensor targets;

    Data(Tensor outputs, Tensor targets) {
      this.outputs = outputs;
      this.targets = targets;
    }
  }

  final BinaryOperator<Value> usual;
  final Losses.ReducedLoss loss;
  final LossReduction usualReduction;
  final DoubleBinaryOperator term;
  final DoubleBinaryOperator byOutput;
  final DoubleBinaryOperator byTarget;
  final Data data;

  /**
   * A loss.
   *
   * @param usual the loss without a word on its reduction
   * @param usualReduction what its reduction is then
   * @param term what one element costs
   * @param byOutput the slope of that by the output
   * @param byTarget the slope of that by the target
   */
  DenseLoss(
      BinaryOperator<Value> usual,
      Losses.ReducedLoss loss,
      LossReduction usualReduction,
      DoubleBinaryOperator term,
      DoubleBinaryOperator byOutput,
      DoubleBinaryOperator byTarget,
      Data data) {
    this.usual = usual;
    this.loss = loss;
    this.usualReduction = usualReduction;
    this.term = term;
    this.byOutput = byOutput;
    this.byTarget = byTarget;
    this.data = data;
  }
}
