package io.deltagraph.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.deltagraph.crosscheck.CrossCheck;
import io.deltagraph.data.BuiltInSet;
import io.deltagraph.data.metrics.ClassificationReport;
import io.deltagraph.experiments.spec.SpecReader;
import io.deltagraph.experiments.spec.TrainingSpec;
import io.deltagraph.models.Layer;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept of a run for drawings. */
class RunDetailsTest {
  private static final OpRegistry OPS = OpRegistry.load();

  @TempDir private Path folder;

  private RunReport train(TrainingSpec spec, String name, boolean detailed) throws Exception {
    RunOptions options = new RunOptions(Runs.Curves.TRAINING, false, false, detailed);
    return Runs.train(spec, folder, folder.resolve(name), OPS, options, RunListener.NONE);
  }

  private static TrainingSpec iris() {
    return SpecReader.builtIn(BuiltInSet.IRIS).withDtype(DType.F64).withEpochs(9);
  }

  @Test
  void nothingIsKeptUnlessAskedForAndNoBitOfTheModelDependsOnIt() throws Exception {
    RunReport plain = train(iris(), "plain", false);
    RunReport detailed = train(iris(), "detailed", true);
    assertThat(plain.details()).isEmpty();
    assertThat(detailed.details()).isPresent();
    assertThat(folder.resolve("plain.safetensors"))
        .hasSameBinaryContentAs(folder.resolve("detailed.safetensors"));
    assertThat(detailed.training().orElseThrow().curve())
        .isEqualTo(plain.training().orElseThrow().curve());
  }

  /** The other road: the closed form, which is no part of the engine. */
  @Test
  void gradientsOverTimeAreThoseOfTheClosedForm() throws Exception {
    RunDetails details = train(iris(), "m", true).details().orElseThrow();
    assertThat(details.moments().stream().map(RunDetails.Moment::epoch))
        .containsExactlyElementsOf(IntStream.rangeClosed(0, 9).boxed().toList());
    RunDetails.Moment last = details.moments().getLast();
    Map<String, Tensor> closed =
        CrossCheck.closedForms(
            details.check().plan().in(DType.F64),
            OPS,
            details.trained(),
            details.check().samples());
    for (int i = 0; i < last.layers().size(); i++) {
      double expected = length(closed.get(Layer.weight(i + 1)));
      assertThat(last.layers().get(i).gradient())
          .as("layer %d", i + 1)
          .isCloseTo(expected, within(1e-12 * expected));
      assertThat(last.layers().get(i).weights())
          .isCloseTo(length(details.trained().get(Layer.weight(i + 1))), within(1e-12));
    }
  }

  @Test
  void theFirstMomentIsBeforeAnyStepAndHasNoUpdate() throws Exception {
    RunDetails details = train(iris(), "m", true).details().orElseThrow();
    assertThat(details.moments().getFirst().layers())
        .allMatch(layer -> Double.isNaN(layer.update()));
    assertThat(details.moments().subList(1, 10))
        .allMatch(moment -> moment.layers().stream().allMatch(layer -> layer.update() > 0));
  }

  /** Held-out rows are scored as the run scores them at its end. */
  @Test
  void theLastHeldOutScoreIsThatOfTheRun() throws Exception {
    RunReport report = train(iris(), "m", true);
    RunDetails.HeldOut held =
        report.details().orElseThrow().moments().getLast().heldOut().orElseThrow();
    ClassificationReport scores = (ClassificationReport) report.scores().orElseThrow().report();
    int right = IntStream.range(0, 3).map(k -> scores.confusion().at(k, k)).sum();
    assertThat(held.score()).isEqualTo((double) right / scores.rows());
  }

  /** Seven sigmoids in a row, each of which lets a quarter back at most. */
  @Test
  void gradientsVanishInADeepNetOfSigmoids() throws Exception {
    String layer = "{ \"units\": 12, \"activation\": \"sigmoid\" }, ";
    String spec =
        """
        {
          "data": { "builtIn": "iris" },
          "model": {
            "family": "mlp",
            "layers": [%s { "units": 3, "activation": "softmax" }]
          },
          "loss": "softmax_cross_entropy",
          "optimizer": { "name": "sgd", "learningRate": 0.1 },
          "epochs": 2
        }
        """
            .formatted(layer.repeat(7));
    RunDetails details =
        train(SpecReader.parse("deep", "deep", spec.getBytes(StandardCharsets.UTF_8)), "m", true)
            .details()
            .orElseThrow();
    RunDetails.Moment first = details.moments().getFirst();
    assertThat(first.layers().getFirst().gradient())
        .isLessThan(1e-3 * first.layers().getLast().gradient());
    assertThat(first.layers().getFirst().gradient()).isPositive();
  }

  @Test
  void ofManyEpochsAFewAreLookedAt() throws Exception {
    RunDetails details =
        train(SpecReader.builtIn(BuiltInSet.XOR).withEpochs(1000), "m", true)
            .details()
            .orElseThrow();
    assertThat(details.moments()).hasSizeBetween(3, TrainingProbe.MOST + 2);
    assertThat(details.moments().stream().skip(1).map(m -> m.layers().getFirst().update()))
        .allMatch(update -> update >= 0);
  }

  @Test
  void aCheckKeepsItsTensors() {
    RunReport report = Runs.check(iris(), folder, OPS, true);
    RunDetails details = report.details().orElseThrow();
    assertThat(details.before().summary()).isEqualTo(report.checks().getFirst().gradients());
    assertThat(details.trained()).isEmpty();
    assertThat(Runs.check(iris(), folder, OPS).details()).isEmpty();
  }

  private static double length(Tensor tensor) {
    double sum = 0;
    for (double entry : tensor.toDoubles()) {
      sum += entry * entry;
    }
    return Math.sqrt(sum);
  }
}
