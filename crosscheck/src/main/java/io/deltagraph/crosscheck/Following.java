package io.deltagraph.crosscheck;

import static java.util.Objects.requireNonNull;

import io.deltagraph.check.Clues;
import io.deltagraph.check.FiniteDifferences;
import io.deltagraph.check.Symptom;
import io.deltagraph.graph.Value;
import io.deltagraph.models.Layer;
import io.deltagraph.models.Network;
import io.deltagraph.tensor.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the gradients of a net would be if all but the delta above them were right, for nets with
 * ops of which the notes have no formula: the slopes of {@code Σ D ⊙ Z}, D being that delta as
 * autodiff has it, by central differences.
 */
final class Following {
  private final Network network;
  private final Map<String, Tensor> point;
  private final Map<String, Tensor> autodiff;

  /**
   * The gradients of one net at one point.
   *
   * @param network with a shift for each layer
   * @param point inputs, targets, parameters and shifts
   * @param autodiff the gradients under test, by the names of the report's rows
   */
  Following(Network network, Map<String, Tensor> point, Map<String, Tensor> autodiff) {
    this.network = network;
    this.point = point;
    this.autodiff = autodiff;
  }

  /** Clues for the row of that name; those known where no delta is above it. */
  Clues of(Clues known, String row) {
    List<Layer> layers = network.layers();
    for (int layer = 1; layer <= layers.size(); layer++) {
      if (row.equals("delta" + layer) && layer < layers.size()) {
        return follows(known, layer + 1, layers.get(layer - 1).shift().orElseThrow().label());
      }
      if (row.equals(Layer.weight(layer)) || row.equals(Layer.bias(layer))) {
        return follows(known, layer, row);
      }
    }
    return known;
  }

  private Clues follows(Clues known, int layer, String moved) {
    Value z = network.layers().get(layer - 1).preActivation();
    String name = "delta" + layer;
    Tensor delta = requireNonNull(autodiff.get(name));
    String above = name + " of autodiff";
    Value given = z.builder().named(above).orElseGet(() -> z.builder().input(above, z.type()));
    Map<String, Tensor> fed = new HashMap<>(point);
    fed.put(above, delta);
    List<Double> slopes = FiniteDifferences.of(z.times(given).sum(), fed).entries(moved).slopes();
    Tensor at = requireNonNull(point.get(moved));
    boolean penalised = moved.equals(Layer.weight(layer));
    return known.suspect(
        new Symptom.FollowsFrom(name),
        Tensor.generate(
            at.type(), i -> slopes.get(i) + (penalised ? penalty(at.get(i), delta.size(0)) : 0)));
  }

  /** The penalties' part of the gradient by a weight. */
  private double penalty(double weight, int samples) {
    return (network.plan().l2() * weight + network.plan().l1() * Math.signum(weight)) / samples;
  }
}
