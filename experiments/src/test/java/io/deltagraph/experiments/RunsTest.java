package io.deltagraph.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.deltagraph.check.GradientSummary;
import io.deltagraph.check.Verdict;
import io.deltagraph.crosscheck.LinearSolution;
import io.deltagraph.data.BuiltInSet;
import io.deltagraph.data.metrics.ClassificationReport;
import io.deltagraph.data.metrics.Metric;
import io.deltagraph.data.metrics.RegressionReport;
import io.deltagraph.experiments.spec.SpecReader;
import io.deltagraph.experiments.spec.TrainingSpec;
import io.deltagraph.graph.Adjoint;
import io.deltagraph.graph.Cotangent;
import io.deltagraph.graph.Lane;
import io.deltagraph.graph.Lanes;
import io.deltagraph.graph.NoAttributes;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.OpSignature;
import io.deltagraph.graph.Pointwise;
import io.deltagraph.graph.Value;
import io.deltagraph.models.Network;
import io.deltagraph.random.Seeds;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.runtime.Evaluate;
import io.deltagraph.serving.SavedModel;
import io.deltagraph.tensor.Tensor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What runs report: a page could be written of it without asking for more. */
class RunsTest {
  private static final OpRegistry OPS = OpRegistry.load();

  @TempDir private Path folder;

  private RunReport train(TrainingSpec spec, Runs.Curves curves, RunListener listener)
      throws Exception {
    return Runs.train(spec, folder, folder.resolve("m"), OPS, curves, listener);
  }

  private static TrainingSpec iris() {
    return SpecReader.builtIn(BuiltInSet.IRIS).withEpochs(12);
  }

  @Test
  @DisplayName("A training run tells its parts in order, and all of them are in its report")
  void partsInOrder() throws Exception {
    List<Object> heard = new ArrayList<>();
    List<Object> watched = new ArrayList<>();
    RunListener listener =
        new RunListener() {
          @Override
          public void opened(TrainingSpec settings, RunReport.Data data, RunReport.Net net) {
            heard.add(settings);
            heard.add(data);
            heard.add(net);
          }

          @Override
          public void checked(RunReport.Check check) {
            heard.add(check);
          }

          @Override
          public TrainingWatch training(int epochs, int rows, RunReport.Curve.Measure measure) {
            assertThat(epochs).isEqualTo(12);
            assertThat(rows).isEqualTo(120);
            return new TrainingWatch() {
              @Override
              public void epochEnded(RunReport.Point point) {
                watched.add(point);
              }

              @Override
              public void close() {
                watched.add("closed");
              }
            };
          }

          @Override
          public void trained(RunReport.Training training) {
            heard.add(training);
          }

          @Override
          public void scored(RunReport.Scores scores) {
            heard.add(scores);
          }

          @Override
          public void saved(RunReport.Files files) {
            heard.add(files);
          }
        };
    RunReport report = train(iris(), Runs.Curves.TRAINING, listener);
    assertThat(heard)
        .containsExactly(
            report.settings().orElseThrow(),
            report.data().orElseThrow(),
            report.net().orElseThrow(),
            report.checks().get(0),
            report.training().orElseThrow(),
            report.checks().get(1),
            report.scores().orElseThrow(),
            report.files().orElseThrow());
    List<Object> expected = new ArrayList<>(report.training().orElseThrow().curve().points());
    expected.add("closed");
    assertThat(watched).isEqualTo(expected);
  }

  @Test
  @DisplayName("Data, net, checks and scores are those of the spec")
  void contents() throws Exception {
    RunReport report = train(iris(), Runs.Curves.TRAINING, RunListener.NONE);
    RunReport.Data data = report.data().orElseThrow();
    assertThat(data.name()).isEqualTo("iris");
    assertThat(data.target()).isEqualTo("class");
    assertThat(data.features()).hasSize(4).contains("sepal_length_cm");
    assertThat(data.classes()).containsExactly("setosa", "versicolor", "virginica");
    assertThat(data.training() + data.heldOut()).isEqualTo(150);
    RunReport.Net net = report.net().orElseThrow();
    RunReport.NetLayer layer = net.layers().getFirst();
    assertThat(layer.parameters()).isEqualTo(layer.units() * (layer.inputs() + 1));
    assertThat(net.parameters()).isEqualTo(layer.parameters());
    for (RunReport.Check check : report.checks()) {
      assertThat(check.gradients().verdict()).isEqualTo(Verdict.PASS);
      GradientSummary.Row weights =
          check.gradients().rows().stream()
              .filter(row -> row.name().equals("layer1.weight"))
              .findFirst()
              .orElseThrow();
      assertThat(weights.shape()).containsExactly(layer.units(), layer.inputs());
      assertThat(weights.entries()).isEqualTo(layer.units() * layer.inputs());
      assertThat(weights.worst().orElseThrow().position()).hasSize(2);
    }
    assertThat(report.checks())
        .extracting(RunReport.Check::moment)
        .containsExactly(RunReport.Check.Moment.BEFORE, RunReport.Check.Moment.AFTER);
    RunReport.Scores scores = report.scores().orElseThrow();
    assertThat(scores.rows()).isEqualTo(RunReport.ScoredRows.HELD_OUT);
    assertThat(scores.report()).isInstanceOf(ClassificationReport.class);
    assertThat(scores.report().rows()).isEqualTo(data.heldOut());
    RunReport.Files files = report.files().orElseThrow();
    assertThat(files.json()).exists().hasFileName("m.json");
    assertThat(files.weights()).exists().hasFileName("m.safetensors");
    assertThat(report.verdict()).isEqualTo(Verdict.PASS);
    assertThat(report.origin().name()).isEqualTo("iris");
    assertThat(report.origin().took()).isPositive();
  }

  /** {@code 2x}, whose rule is right near 0 alone, where a net begins. */
  private static final class RightAtFirst implements Pointwise<NoAttributes> {
    @Override
    public OpId id() {
      return OpId.of("test:right_at_first");
    }

    @Override
    public OpSignature signature() {
      return OpSignature.of("x");
    }

    @Override
    public Lane forward(NoAttributes none, Lanes x) {
      return x.get(0).times(2);
    }

    @Override
    public List<Cotangent> backward(Adjoint<NoAttributes> at) {
      Value g = at.gradient();
      return at.flow(at.input(0).abs().less(at.input(0).constant(20)).where(g.times(2), g));
    }
  }

  @Test
  @DisplayName("A check that fails after training leaves the old model, and says what is kept")
  void aCheckThatFailsAfterTraining() throws Exception {
    train(iris(), Runs.Curves.TRAINING, RunListener.NONE);
    byte[] json = Files.readAllBytes(folder.resolve("m.json"));
    byte[] weights = Files.readAllBytes(folder.resolve("m.safetensors"));
    Files.writeString(folder.resolve("t.csv"), "x,y\n1,2e3\n2,2e3\n3,3e3\n4,4e3\n5,4e3\n");
    TrainingSpec spec =
        SpecReader.read(
            Files.writeString(
                folder.resolve("late.json"),
                """
                { "data": { "csv": "t.csv", "target": "y", "task": "regression" },
                  "model": { "family": "mlp", "initialiser": "glorot",
                    "layers": [{ "units": 1, "activation": "test:right_at_first" }] },
                  "loss": "half_squared_error", "dtype": "f64",
                  "optimizer": { "name": "sgd", "learningRate": 0.1 }, "epochs": 3 }
                """));

    List<RunListener.Kept> told = new ArrayList<>();
    RunListener listener =
        new RunListener() {
          @Override
          public void failed(Kept kept) {
            told.add(kept);
          }

          @Override
          public void saved(RunReport.Files files) {
            throw new AssertionError(files);
          }
        };
    RunReport report =
        Runs.train(
            spec,
            folder,
            folder.resolve("m"),
            OPS.with(new RightAtFirst()),
            Runs.Curves.TRAINING,
            listener);
    assertThat(report.checks())
        .extracting(check -> check.gradients().verdict())
        .containsExactly(Verdict.PASS, Verdict.FAIL);
    assertThat(folder.resolve("m.json")).hasBinaryContent(json);
    assertThat(folder.resolve("m.safetensors")).hasBinaryContent(weights);
    assertThat(report.files()).isEmpty();
    assertThat(told).containsExactly(report.kept().orElseThrow());
    assertThat(told.getFirst().epoch()).isEqualTo(3);
    assertThat(told.getFirst().files().json()).exists().hasFileName("m.autosave.json");
  }

  @Test
  @DisplayName("The curve has a point for each epoch, held-out losses where they are asked for")
  void curves() throws Exception {
    RunReport plain = train(iris(), Runs.Curves.TRAINING, RunListener.NONE);
    RunReport both = train(iris(), Runs.Curves.HELD_OUT_TOO, RunListener.NONE);
    RunReport.Training training = both.training().orElseThrow();
    List<RunReport.Point> points = training.curve().points();
    assertThat(points)
        .extracting(RunReport.Point::epoch)
        .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
    assertThat(points.getLast().loss()).isEqualTo(training.loss());
    assertThat(points).allMatch(point -> point.heldOutLoss().isPresent());
    List<RunReport.Point> without = plain.training().orElseThrow().curve().points();
    assertThat(without).allMatch(point -> point.heldOutLoss().isEmpty());
    // To look on changes nothing.
    assertThat(points)
        .extracting(RunReport.Point::loss)
        .isEqualTo(without.stream().map(RunReport.Point::loss).toList());
    // The last held-out loss is that of the saved model.
    Experiment experiment = Experiment.of(iris(), folder, OPS);
    Network network = Network.build(experiment.plan(), OPS, Seeds.of(experiment.spec().seed()));
    SavedModel saved = SavedModel.load(folder.resolve("m"), OPS);
    Map<String, Tensor> feeds = new HashMap<>(saved.parameters());
    feeds.put("X", experiment.held().samples().inputs());
    feeds.put("T", experiment.held().samples().targets());
    assertThat(points.getLast().heldOutLoss().orElseThrow())
        .isCloseTo(Evaluate.value(network.loss(), feeds).item(), within(1e-6));
  }

  @Test
  @DisplayName("Regressions are scored by their errors and compared with least squares")
  void regression() throws Exception {
    RunReport report =
        train(
            SpecReader.builtIn(BuiltInSet.DIABETES).withEpochs(3),
            Runs.Curves.TRAINING,
            RunListener.NONE);
    assertThat(report.data().orElseThrow().classes()).isEmpty();
    RunReport.Curve curve = report.training().orElseThrow().curve();
    assertThat(curve.measure()).isEqualTo(RunReport.Curve.Measure.RMSE);
    // Half the mean square is the loss.
    RunReport.Point point = curve.points().getFirst();
    assertThat(point.score() * point.score() / 2).isCloseTo(point.loss(), within(1e-2));
    assertThat(report.scores().orElseThrow().report()).isInstanceOf(RegressionReport.class);
    assertThat(report.comparisons())
        .singleElement()
        .isInstanceOfSatisfying(
            RunReport.LeastSquares.class,
            squares -> assertThat(squares.result()).isInstanceOf(LinearSolution.Solved.class));
  }

  @Test
  @DisplayName("A perceptron is compared with its rule, exclusive or with a single perceptron")
  void comparisons() throws Exception {
    RunReport and =
        train(SpecReader.builtIn(BuiltInSet.AND), Runs.Curves.TRAINING, RunListener.NONE);
    assertThat(and.comparisons())
        .singleElement()
        .isInstanceOfSatisfying(
            RunReport.PerceptronRule.class,
            rule -> {
              assertThat(rule.verdict()).isEqualTo(Verdict.PASS);
              assertThat(rule.first()).hasSize(Math.min(20, rule.changes()));
              assertThat(rule.first().getFirst().inputs()).hasSize(2);
            });
    assertThat(and.scores().orElseThrow().rows()).isEqualTo(RunReport.ScoredRows.TRAINING);
    RunReport xor =
        train(
            SpecReader.builtIn(BuiltInSet.XOR).withEpochs(1),
            Runs.Curves.HELD_OUT_TOO,
            RunListener.NONE);
    assertThat(xor.comparisons())
        .singleElement()
        .isInstanceOfSatisfying(
            RunReport.SinglePerceptron.class,
            alone -> assertThat(alone.trial().fewestWrong()).isPositive());
    // Nothing is held out of four rows.
    assertThat(xor.training().orElseThrow().curve().points().getFirst().heldOutLoss()).isEmpty();
  }

  @Test
  @DisplayName("A check trains nothing, and an evaluation scores every row of the table")
  void checkAndEvaluate() throws Exception {
    RunReport check = Runs.check(iris(), folder, OPS);
    assertThat(check.checks())
        .singleElement()
        .extracting(RunReport.Check::moment)
        .isEqualTo(RunReport.Check.Moment.BEFORE);
    assertThat(check.training()).isEmpty();
    assertThat(check.net()).isPresent();
    Path stem = folder.resolve("m");
    train(iris(), Runs.Curves.TRAINING, RunListener.NONE);
    RunReport evaluation =
        Runs.evaluate(
            SavedModel.load(stem, OPS), stem, BuiltInSet.IRIS.table(), List.of(Metric.F1_MACRO));
    assertThat(evaluation.scores().orElseThrow().metrics()).containsOnlyKeys(Metric.F1_MACRO);
    assertThatThrownBy(() ->
            Runs.evaluate(
                SavedModel.load(stem, OPS), stem, BuiltInSet.IRIS.table(), List.of(Metric.R2)))
        .hasMessage("the metrics: found 'r2', expected a metric of classes; choose another one.");
    assertThat(evaluation.scores().orElseThrow().rows()).isEqualTo(RunReport.ScoredRows.TABLE);
    assertThat(evaluation.scores().orElseThrow().report().rows()).isEqualTo(150);
    assertThat(evaluation.origin().name()).isEqualTo("iris");
    assertThat(evaluation.verdict()).isEqualTo(Verdict.PASS);
  }
}
