package io.deltagraph.crosscheck;

import static io.deltagraph.crosscheck.RealRows.OPS;
import static org.assertj.core.api.Assertions.assertThat;

import io.deltagraph.check.Estimate;
import io.deltagraph.check.FiniteDifferences;
import io.deltagraph.models.Initialiser;
import io.deltagraph.models.Layer;
import io.deltagraph.models.LayerPlan;
import io.deltagraph.models.Network;
import io.deltagraph.models.NetworkPlan;
import io.deltagraph.models.OpChoice;
import io.deltagraph.random.Seeds;
import io.deltagraph.runtime.Session;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.training.Samples;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Moving the entries of a tensor computes only what depends on it, on vectors once these are ready:
 * the numbers are those of the whole graph on plain loops, to the bit.
 */
class EntryByEntryTest {
  private static final Samples WINES = RealRows.wines(7);

  @BeforeAll
  static void vectors() {
    Session.prepare(OPS, Set.of(DType.F64));
  }

  private static NetworkPlan plan(String hidden, double l2, double l1) {
    Initialiser he = new Initialiser.He();
    return new NetworkPlan(
        13,
        List.of(
            new LayerPlan(6, OpChoice.of(hidden), he),
            new LayerPlan(5, OpChoice.of("relu"), he),
            new LayerPlan(3, OpChoice.of("softmax"), he)),
        false,
        OpChoice.of("softmax_cross_entropy"),
        l2,
        l1,
        DType.F64);
  }

  private static Map<String, Tensor> point(Network network) {
    Map<String, Tensor> point = new HashMap<>();
    network.initial().forEach((parameter, value) -> point.put(parameter.label(), value));
    point.put(network.inputs().label(), WINES.inputs());
    point.put(network.targets().label(), WINES.targets());
    for (Layer layer : network.layers()) {
      TensorType type = TensorType.of(DType.F64, WINES.count(), layer.plan().units());
      point.put(layer.shift().orElseThrow().label(), Tensor.zeros(type));
    }
    return point;
  }

  @ParameterizedTest
  @ValueSource(strings = {"relu", "tanh", "prelu", "gelu", "softmax"})
  void numbersAreThoseOfTheWholeGraph(String hidden) {
    Network network = Network.buildForChecking(plan(hidden, 1e-2, 1e-3), OPS, Seeds.of(3));
    Map<String, Tensor> point = point(network);
    FiniteDifferences differences = FiniteDifferences.of(network.loss(), point);
    int crossings = 0;
    for (String name : point.keySet()) {
      if (name.equals(network.targets().label())) {
        continue;
      }
      for (double factor : new double[] {1, 1_000}) {
        Estimate quick = differences.again(differences.entries(name), factor);
        List<Double> slopes = new ArrayList<>();
        List<Double> floors = new ArrayList<>();
        List<Integer> masked = new ArrayList<>();
        for (int i = 0; i < quick.total(); i++) {
          FiniteDifferences.Column whole = differences.column(name, i, factor);
          slopes.add(whole.slopes().getFirst());
          floors.add(whole.floors().getFirst());
          if (whole.masked()) {
            masked.add(i);
          }
        }
        assertThat(quick.slopes()).as(name).isEqualTo(slopes);
        assertThat(quick.floors()).as(name).isEqualTo(floors);
        assertThat(quick.masked()).as(name).isEqualTo(masked);
        crossings += masked.size();
      }
    }
    assertThat(crossings).isPositive();
  }

  @ParameterizedTest
  @ValueSource(strings = {"layer1.weight", "layer3.bias"})
  void whatTheLossDoesNotDependOnHasNoSlope(String name) {
    Network network = Network.buildForChecking(plan("tanh", 0, 0), OPS, Seeds.of(3));
    Map<String, Tensor> point = point(network);
    FiniteDifferences differences =
        FiniteDifferences.of(network.layers().getFirst().shift().orElseThrow().sum(), point);
    assertThat(differences.entries(name).slopes()).containsOnly(0.0);
  }
}
