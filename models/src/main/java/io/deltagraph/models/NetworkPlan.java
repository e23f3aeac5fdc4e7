package io.deltagraph.models;

import com.google.common.base.Preconditions;
import com.google.common.collect.ImmutableList;
import io.deltagraph.activations.Heaviside;
import io.deltagraph.activations.Identity;
import io.deltagraph.activations.Sigmoid;
import io.deltagraph.activations.Softmax;
import io.deltagraph.graph.OpId;
import io.deltagraph.losses.BinaryCrossEntropyWithLogits;
import io.deltagraph.losses.HalfSquaredError;
import io.deltagraph.losses.LossReduction;
import io.deltagraph.losses.SoftmaxCrossEntropy;
import io.deltagraph.losses.SquaredDistance;
import io.deltagraph.type.DType;
import java.util.List;

/**
 * A net to be built: everything but the data and the seed.
 *
 * @param features the number of inputs of a sample
 * @param layers from the first to the last
 * @param referenceClass whether a class with logit 0 is added behind the last layer's K − 1 (002)
 * @param loss takes the last layer's logits if its first input is called {@code logits}, else its
 *     activation
 * @param l2 λ of the penalty {@code λ/(2m) Σ W²}, biases left out (002)
 * @param l1 λ of the penalty {@code λ/m Σ |W|}, biases left out
 * @param dtype of weights and data
 * @param weighted whether the loss of each sample is multiplied by a number of its own, a further
 *     target {@link Network#WEIGHTS}, before its reduction
 */
public record NetworkPlan(
    int features,
    List<LayerPlan> layers,
    boolean referenceClass,
    OpChoice loss,
    double l2,
    double l1,
    DType dtype,
    boolean weighted) {

  /** Checks that there are features and layers, and that penalties are not negative. */
  public NetworkPlan {
    layers = ImmutableList.copyOf(layers);
    Preconditions.checkArgument(features > 0, "A net has at least one feature, got %s.", features);
    Preconditions.checkArgument(!layers.isEmpty(), "A net has at least one layer.");
    Preconditions.checkArgument(
        layers.getLast().isPlain(), "The last layer has neither normalisation nor dropout.");
    Preconditions.checkArgument(
        l2 >= 0 && l1 >= 0, "Penalties are not negative, got l2 %s, l1 %s.", l2, l1);
    Preconditions.checkArgument(dtype.isFloat(), "Weights are f64 or f32, got %s.", dtype);
  }

  /** A net all of whose samples count the same. */
  public NetworkPlan(
      int features,
      List<LayerPlan> layers,
      boolean referenceClass,
      OpChoice loss,
      double l2,
      double l1,
      DType dtype) {
    this(features, layers, referenceClass, loss, l2, l1, dtype, false);
  }

  /** The same net in another dtype. */
  public NetworkPlan in(DType other) {
    return new NetworkPlan(features, layers, referenceClass, loss, l2, l1, other, weighted);
  }

  /** The same net with a weight for each sample, {@link #weighted}. */
  public NetworkPlan weighting() {
    return new NetworkPlan(features, layers, referenceClass, loss, l2, l1, dtype, true);
  }

  /** Whether all layers are dense and no more, so that the textbook's formulas are those of it. */
  public boolean isPlain() {
    return layers.stream().allMatch(LayerPlan::isPlain);
  }

  /** The number of outputs of the net. */
  public int outputs() {
    return layers.getLast().units() + (referenceClass ? 1 : 0);
  }

  /** Linear regression, {@code h = θᵀx} with {@code 1/(2n) Σ (h − y)²} (002). */
  public static NetworkPlan linearRegression(int features, DType dtype) {
    return single(
        features,
        1,
        Identity.ID,
        false,
        OpChoice.of(HalfSquaredError.ID, LossReduction.ATTRIBUTE, LossReduction.MEAN.text()),
        dtype);
  }

  /**
   * Logistic regression, {@code h = σ(θᵀx)} with {@code −1/n Σ [y ln h + (1 − y) ln(1 − h)]} (002).
   */
  public static NetworkPlan logisticRegression(int features, DType dtype) {
    return single(
        features, 1, Sigmoid.ID, false, OpChoice.of(BinaryCrossEntropyWithLogits.ID), dtype);
  }

  /** Softmax regression with a parameter vector for each of K classes (003 eq. 13; 004). */
  public static NetworkPlan softmaxRegression(int features, int classes, DType dtype) {
    return single(features, classes, Softmax.ID, false, OpChoice.of(SoftmaxCrossEntropy.ID), dtype);
  }

  /** Softmax regression with K − 1 free parameter vectors, θK being 0 (002). */
  public static NetworkPlan reducedSoftmaxRegression(int features, int classes, DType dtype) {
    return single(
        features, classes - 1, Softmax.ID, true, OpChoice.of(SoftmaxCrossEntropy.ID), dtype);
  }

  /** A single neuron with a step, {@code H(w·x + b)} (000 §1.1); its loss counts the errors. */
  public static NetworkPlan perceptron(int features, DType dtype) {
    OpChoice errors =
        OpChoice.of(SquaredDistance.ID, LossReduction.ATTRIBUTE, LossReduction.SUM.text());
    return single(features, 1, Heaviside.ID, false, errors, dtype);
  }

  private static NetworkPlan single(
      int features,
      int units,
      OpId activation,
      boolean referenceClass,
      OpChoice loss,
      DType dtype) {
    LayerPlan layer = new LayerPlan(units, OpChoice.of(activation), new Initialiser.Zeros());
    return new NetworkPlan(features, ImmutableList.of(layer), referenceClass, loss, 0, 0, dtype);
  }

  /** The same net with other initialisers for all layers. */
  public NetworkPlan initialised(Initialiser initialiser) {
    List<LayerPlan> changed =
        layers.stream()
            .map(layer -> layer.initialised(initialiser))
            .collect(ImmutableList.toImmutableList());
    return new NetworkPlan(features, changed, referenceClass, loss, l2, l1, dtype, weighted);
  }

  /** The same net with another loss and other penalties. */
  public NetworkPlan costing(OpChoice otherLoss, double otherL2, double otherL1) {
    return new NetworkPlan(
        features, layers, referenceClass, otherLoss, otherL2, otherL1, dtype, weighted);
  }
}
