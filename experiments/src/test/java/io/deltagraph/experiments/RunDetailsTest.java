package io.deltagraph.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.deltagraph.check.Verdict;
import io.deltagraph.crosscheck.CrossCheck;
import io.deltagraph.data.BuiltInSet;
import io.deltagraph.data.metrics.ClassificationReport;
import io.deltagraph.experiments.spec.SpecReader;
import io.deltagraph.experiments.spec.TrainingSpec;
import io.deltagraph.models.Layer;
import io.deltagraph.models.Network;
import io.deltagraph.random.Seeds;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.training.DivergedException;
import io.deltagraph.type.DType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

  /** By plain loops over rows and units: a relu is flat where w · x + b is not above 0. */
  @Test
  void deadUnitsAndFlatSlopesAreThoseOfPlainLoops() throws Exception {
    String spec =
        """
        {
          "data": { "builtIn": "iris" },
          "model": {
            "family": "mlp",
            "layers": [
              { "units": 12, "activation": "relu" }, { "units": 3, "activation": "softmax" }
            ]
          },
          "loss": "softmax_cross_entropy",
          "optimizer": { "name": "sgd", "learningRate": 2 },
          "epochs": 4,
          "dtype": "f64"
        }
        """;
    RunDetails details =
        train(SpecReader.parse("flat", "flat", spec.getBytes(StandardCharsets.UTF_8)), "m", true)
            .details()
            .orElseThrow();
    double[][] rows = details.check().samples().inputs().toRows();
    double[][] weights = details.trained().get(Layer.weight(1)).toRows();
    Tensor bias = details.trained().get(Layer.bias(1));
    int dead = 0;
    int flat = 0;
    for (int unit = 0; unit < 12; unit++) {
      int off = 0;
      for (double[] row : rows) {
        double z = bias.get(unit);
        for (int i = 0; i < row.length; i++) {
          z += weights[unit][i] * row[i];
        }
        off += z > 0 ? 0 : 1;
      }
      flat += off;
      dead += off == rows.length ? 1 : 0;
    }
    RunDetails.LayerMoment last = details.moments().getLast().layers().getFirst();
    assertThat(dead).as("a test of dead units needs one").isPositive();
    assertThat(last.dead()).isEqualTo(dead / 12.0);
    assertThat(last.saturated()).isEqualTo(flat / (12.0 * rows.length));
    assertThat(details.moments().getLast().layers().getLast().dead()).isNaN();
  }

  /** From the weights alone: how far an epoch went, over its steps. */
  @Test
  void anUpdateIsTheWayOfAnEpochOverItsSteps() throws Exception {
    RunReport report = train(SpecReader.builtIn(BuiltInSet.DIGITS).withEpochs(1), "m", true);
    RunDetails details = report.details().orElseThrow();
    Experiment experiment = details.experiment();
    double rows = report.data().orElseThrow().training();
    double steps = Math.ceil(rows / experiment.spec().batch().orElse((int) rows));
    Network first = Network.build(experiment.plan(), OPS, Seeds.of(experiment.spec().seed()));
    Layer layer = first.layers().getFirst();
    double[] before = first.initial().get(layer.weights()).toDoubles();
    double[] after = details.trained().get(Layer.weight(1)).toDoubles();
    double sum = 0;
    for (int i = 0; i < before.length; i++) {
      sum += (after[i] - before[i]) * (after[i] - before[i]);
    }
    assertThat(steps).isGreaterThan(1);
    assertThat(details.moments().getLast().layers().getFirst().update())
        .isCloseTo(Math.sqrt(sum) / steps, within(1e-6)); // the weights are f32
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

  /** One weight and no bias that matters: each step multiplies the error, by hand by |1 − 2ηx²|. */
  @Test
  void ofATrainingThatDivergesAllIsKeptUntilThen() throws Exception {
    Files.writeString(folder.resolve("line.csv"), "x,y\n1,3\n-1,-3\n1,3\n-1,-3\n");
    String spec =
        """
        {
          "data": { "csv": "line.csv", "target": "y", "task": "regression" },
          "split": { "testFraction": 0, "folds": "none" },
          "standardisation": "none",
          "model": { "family": "linear" },
          "loss": "mean_squared_error",
          "optimizer": { "name": "sgd", "learningRate": 5 },
          "epochs": 400,
          "batch": "all",
          "dtype": "f64"
        }
        """;
    List<RunReport> heard = new ArrayList<>();
    RunListener listener =
        new RunListener() {
          @Override
          public void diverged(RunReport report) {
            heard.add(report);
          }
        };
    assertThatThrownBy(() ->
            Runs.train(
                SpecReader.parse("line", "line", spec.getBytes(StandardCharsets.UTF_8)),
                folder,
                folder.resolve("m"),
                OPS,
                new RunOptions(Runs.Curves.TRAINING, false, false, true),
                listener))
        .isInstanceOf(DivergedException.class);
    assertThat(heard).hasSize(1);
    RunReport report = heard.getFirst();
    Divergence divergence = report.divergence().orElseThrow();
    List<RunReport.Point> points = report.curve().orElseThrow().points();
    assertThat(report.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(report.training()).isEmpty();
    assertThat(divergence.message()).contains("in epoch " + (points.size() + 1) + ".");
    assertThat(points).hasSizeBetween(120, 200);
    for (int i = 1; i < 100; i++) {
      assertThat(points.get(i).loss() / points.get(i - 1).loss()).isCloseTo(81, within(1e-6));
    }
    assertThat(divergence.lastSteps())
        .hasSize(Divergence.MOST_STEPS)
        .containsExactlyElementsOf(
            points.stream()
                .skip(points.size() - Divergence.MOST_STEPS)
                .map(RunReport.Point::loss)
                .toList());
    List<RunDetails.Moment> moments = report.details().orElseThrow().moments();
    assertThat(moments.getLast().epoch()).isBetween(points.size() - 5, points.size());
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
