package io.deltagraph.report.lecture;

import io.deltagraph.activations.Sigmoid;
import io.deltagraph.losses.BinaryCrossEntropyWithLogits;
import io.deltagraph.losses.HalfSquaredError;
import io.deltagraph.losses.LossReduction;
import io.deltagraph.models.Initialiser;
import io.deltagraph.models.LayerPlan;
import io.deltagraph.models.NetworkPlan;
import io.deltagraph.models.OpChoice;
import io.deltagraph.type.DType;
import java.util.ArrayList;
import java.util.List;

/** The nets of the pages. */
final class Nets {
  private Nets() {}

  /** A net for two classes: hidden layers, then one neuron with σ and its cross entropy. */
  static NetworkPlan twoClasses(
      int features, List<Integer> hidden, OpChoice activation, Initialiser initialiser) {
    return new NetworkPlan(
        features,
        layers(hidden, activation, 1, OpChoice.of(Sigmoid.ID), initialiser),
        false,
        OpChoice.of(BinaryCrossEntropyWithLogits.ID),
        0,
        0,
        DType.F64);
  }

  /** A net with the lecture's cost, {@code 1/2n Σ ‖a − t‖²}. */
  static NetworkPlan squared(
      int features,
      List<Integer> hidden,
      OpChoice activation,
      int outputs,
      OpChoice last,
      Initialiser initialiser) {
    return new NetworkPlan(
        features,
        layers(hidden, activation, outputs, last, initialiser),
        false,
        OpChoice.of(HalfSquaredError.ID, LossReduction.ATTRIBUTE, LossReduction.MEAN.text()),
        0,
        0,
        DType.F64);
  }

  private static List<LayerPlan> layers(
      List<Integer> hidden,
      OpChoice activation,
      int outputs,
      OpChoice last,
      Initialiser initialiser) {
    List<LayerPlan> layers = new ArrayList<>();
    hidden.forEach(units -> layers.add(new LayerPlan(units, activation, initialiser)));
    layers.add(new LayerPlan(outputs, last, initialiser));
    return layers;
  }
}
