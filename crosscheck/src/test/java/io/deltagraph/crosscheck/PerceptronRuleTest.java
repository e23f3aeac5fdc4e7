package io.deltagraph.crosscheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import io.deltagraph.closedform.PerceptronFormulas;
import io.deltagraph.models.LayerPlan;
import io.deltagraph.models.Network;
import io.deltagraph.models.NetworkPlan;
import io.deltagraph.random.Seeds;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.training.Samples;
import io.deltagraph.training.Trainer;
import io.deltagraph.training.TrainingListener;
import io.deltagraph.training.TrainingOptions;
import io.deltagraph.training.TrainingResult;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The perceptron's rule as the trainer applies it, beside the closed-form side. */
class PerceptronRuleTest {
  private static final OpRegistry OPS = OpRegistry.load();
  private static final NetworkPlan PLAN = NetworkPlan.perceptron(2, DType.F64);

  /** A truth table, its outcomes for 00, 01, 10 and 11. */
  enum Gate {
    AND(0, 0, 0, 1),
    OR(0, 1, 1, 1),
    XOR(0, 1, 1, 0);

    private final ImmutableIntArray outcomes;

    Gate(int... outcomes) {
      this.outcomes = ImmutableIntArray.copyOf(outcomes);
    }

    private Samples samples() {
      return new Samples(
          Tensor.matrix(new double[][] {{0, 0}, {0, 1}, {1, 0}, {1, 1}}),
          Tensor.generate(TensorType.of(DType.F64, 4, 1), outcomes::get));
    }
  }

  private static TrainingResult train(
      Samples samples, int epochs, double rate, TrainingListener listener) {
    Network network = Network.build(PLAN, OPS, Seeds.of(1));
    TrainingOptions options =
        new TrainingOptions(epochs, OptionalInt.of(1), OptionalDouble.empty(), Seeds.of(4), 1);
    return Trainer.byPerceptronRule(network, rate).options(options).listener(listener).fit(samples);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("Every update is η (t − H(z)) x, row by row")
  void updates(Gate gate) {
    Samples samples = gate.samples();
    double rate = 0.75;
    // The rows in the order of the epochs' seeds, learnt by the closed-form side.
    PerceptronFormulas.Neuron neuron = new PerceptronFormulas.Neuron(new double[] {0, 0}, 0);
    List<PerceptronFormulas.Neuron> after = new ArrayList<>();
    for (int epoch = 1; epoch <= 12; epoch++) {
      for (int row : Seeds.of(4).derive("shuffle", epoch).stream().permutation(4)) {
        neuron =
            PerceptronFormulas.learn(
                neuron, samples.inputs().toRows()[row], (int) samples.targets().get(row), rate);
      }
      after.add(neuron);
    }
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void epochEnded(int epoch, double loss, Supplier<Map<String, Tensor>> parameters) {
            PerceptronFormulas.Neuron expected = after.get(epoch - 1);
            assertThat(parameters.get().get("layer1.weight").toDoubles())
                .containsExactly(expected.weights());
            assertThat(parameters.get().get("layer1.bias").get(0)).isEqualTo(expected.bias());
          }
        };
    assertThat(train(samples, 12, rate, listener).epochs()).isEqualTo(12);
  }

  @ParameterizedTest
  @EnumSource(names = {"AND", "OR"})
  @DisplayName("What a line separates is learnt without error, and then nothing moves")
  void separable(Gate gate) {
    Samples samples = gate.samples();
    TrainingResult early = train(samples, 30, 1, TrainingListener.NONE);
    TrainingResult late = train(samples, 60, 1, TrainingListener.NONE);
    assertThat(early.loss()).isZero();
    assertThat(late.parameters().get("layer1.weight").toDoubles())
        .containsExactly(early.parameters().get("layer1.weight").toDoubles());
    PerceptronFormulas.Neuron neuron =
        new PerceptronFormulas.Neuron(
            late.parameters().get("layer1.weight").toDoubles(),
            late.parameters().get("layer1.bias").get(0));
    for (int a = 0; a <= 1; a++) {
      for (int b = 0; b <= 1; b++) {
        assertThat(PerceptronFormulas.output(neuron, new double[] {a, b}))
            .isEqualTo(gate.outcomes.get(2 * a + b));
      }
    }
  }

  @Test
  @DisplayName("The rows of a batch are added up")
  void batch() {
    Samples and = Gate.AND.samples();
    Network network = Network.build(PLAN, OPS, Seeds.of(1));
    TrainingResult result =
        Trainer.byPerceptronRule(network, 1)
            .options(
                new TrainingOptions(1, OptionalInt.empty(), OptionalDouble.empty(), Seeds.of(4), 1))
            .fit(and);
    // From w = 0 every H(0) is 1: the three rows of class 0, (0,0), (0,1), (1,0), are taken off.
    assertThat(result.parameters().get("layer1.weight").toDoubles()).containsExactly(-1, -1);
    assertThat(result.parameters().get("layer1.bias").get(0)).isEqualTo(-3);
    assertThat(result.loss()).isEqualTo(3);
  }

  @Test
  @DisplayName("The rule is for one layer")
  void oneLayer() {
    LayerPlan layer = PLAN.layers().getFirst();
    NetworkPlan two =
        new NetworkPlan(2, ImmutableList.of(layer, layer), false, PLAN.loss(), 0, 0, DType.F64);
    assertThatThrownBy(() -> Trainer.byPerceptronRule(Network.build(two, OPS, Seeds.of(1)), 1))
        .hasMessageContaining("one layer, got 2");
  }
}
