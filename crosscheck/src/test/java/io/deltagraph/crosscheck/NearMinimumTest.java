package io.deltagraph.crosscheck;

import static io.deltagraph.crosscheck.RealRows.OPS;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import io.deltagraph.check.GradientReport;
import io.deltagraph.check.Verdict;
import io.deltagraph.models.Initialiser;
import io.deltagraph.models.LayerPlan;
import io.deltagraph.models.Network;
import io.deltagraph.models.NetworkPlan;
import io.deltagraph.models.OpChoice;
import io.deltagraph.optimizers.GradientDescent;
import io.deltagraph.random.Seeds;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.training.Samples;
import io.deltagraph.training.Trainer;
import io.deltagraph.training.TrainingOptions;
import io.deltagraph.training.TrainingResult;
import io.deltagraph.type.DType;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Correct code near a minimum, where gradients cancel, is never said to be wrong. */
class NearMinimumTest {
  private static final int[] EPOCHS = {0, 30, 300, 3000};

  private static TrainingResult train(NetworkPlan plan, Samples samples, double rate, int epochs) {
    Network network = Network.build(plan, OPS, Seeds.of(5));
    TrainingOptions options =
        new TrainingOptions(epochs, OptionalInt.empty(), OptionalDouble.empty(), Seeds.of(5), 1);
    return Trainer.of(network.model())
        .optimizer(new GradientDescent(rate))
        .options(options)
        .fit(samples);
  }

  private static void neverFails(NetworkPlan plan, Samples samples, double rate) {
    for (int epochs : EPOCHS) {
      Map<String, Tensor> parameters = train(plan, samples, rate, epochs).parameters();
      GradientReport report = CrossCheck.of(plan, OPS, parameters, samples.first(16), 1);
      assertThat(report.verdict())
          .as("%s epochs%n%s", epochs, report.toText())
          .isNotEqualTo(Verdict.FAIL);
      GradientReport all = CrossCheck.of(plan, OPS, parameters, samples.first(64), 1);
      assertThat(all.verdict())
          .as("%s epochs%n%s", epochs, all.toText())
          .isNotEqualTo(Verdict.FAIL);
    }
  }

  static Stream<OpChoice> losses() {
    return Stream.of(
            "binary_cross_entropy",
            "elementwise_cross_entropy",
            "categorical_cross_entropy",
            "kl_divergence",
            "half_squared_error",
            "huber",
            "softmax_cross_entropy")
        .map(OpChoice::of);
  }

  @ParameterizedTest
  @MethodSource("losses")
  @DisplayName("A net that fits separable rows passes or is inconclusive under every loss")
  void fitted(OpChoice loss) {
    boolean rows = !loss.op().contains("binary") && !loss.op().contains("elementwise");
    NetworkPlan plan =
        new NetworkPlan(
            13,
            ImmutableList.of(
                new LayerPlan(5, OpChoice.of("tanh"), new Initialiser.NormalFanIn()),
                new LayerPlan(
                    3, OpChoice.of(rows ? "softmax" : "sigmoid"), new Initialiser.NormalFanIn())),
            false,
            loss,
            0,
            0,
            DType.F64);
    neverFails(plan, RealRows.wines(40), 1);
  }

  @Test
  @DisplayName("A net that saturates passes or is inconclusive")
  void saturated() {
    NetworkPlan plan =
        CrossCheckTest.net(
                OpChoice.of("sigmoid"),
                OpChoice.of("softmax"),
                OpChoice.of("softmax_cross_entropy"))
            .initialised(new Initialiser.Uniform(0, 1));
    neverFails(plan, RealRows.wines(40), 1);
    neverFails(plan.initialised(new Initialiser.Uniform(-30, 30)), RealRows.wines(40), 0.1);
  }

  @Test
  @DisplayName("Features in the thousands neither fail nor need to be standardised")
  void largeFeatures() {
    Samples small = RealRows.wines(15);
    for (double scale : new double[] {30, 1000}) {
      Samples large =
          new Samples(
              Tensor.generate(small.inputs().type(), i -> 1 + scale * small.inputs().get(i)),
              small.targets());
      NetworkPlan plan =
          CrossCheckTest.net(
              OpChoice.of("tanh"), OpChoice.of("softmax"), OpChoice.of("softmax_cross_entropy"));
      GradientReport report = CrossCheck.of(plan, OPS, RandomWeights.of(plan, OPS, 1), large, 1);
      assertThat(report.verdict()).as("%s%n%s", scale, report.toText()).isNotEqualTo(Verdict.FAIL);
      NetworkPlan softmax = NetworkPlan.softmaxRegression(13, 3, DType.F64);
      GradientReport single =
          CrossCheck.of(softmax, OPS, RandomWeights.of(softmax, OPS, 1), large, 1);
      assertThat(single.verdict()).as("%s%n%s", scale, single.toText()).isNotEqualTo(Verdict.FAIL);
    }
  }
}
