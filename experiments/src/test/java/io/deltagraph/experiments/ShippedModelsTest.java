package io.deltagraph.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import io.deltagraph.check.GradientReport;
import io.deltagraph.check.Verdict;
import io.deltagraph.crosscheck.CrossCheck;
import io.deltagraph.data.BuiltInSet;
import io.deltagraph.data.CsvTable;
import io.deltagraph.experiments.spec.SpecReader;
import io.deltagraph.models.Initialiser;
import io.deltagraph.models.Network;
import io.deltagraph.models.NetworkPlan;
import io.deltagraph.optimizers.GradientDescent;
import io.deltagraph.random.RandomStream;
import io.deltagraph.random.Seeds;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.serving.Predictions;
import io.deltagraph.serving.SavedModel;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.training.Samples;
import io.deltagraph.training.Trainer;
import io.deltagraph.training.TrainingOptions;
import io.deltagraph.type.DType;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The models of the shipped specs on their real rows. */
class ShippedModelsTest {
  private static final OpRegistry OPS = OpRegistry.load();
  private static final double BIAS = 0.1; // small, but not the 0 that biases start at

  private static Experiment experiment(BuiltInSet set) {
    return Experiment.of(
        SpecReader.builtIn(set).withDtype(DType.F64).withSeed(1), Path.of("."), OPS);
  }

  /** A net that starts at zeros would be checked at a special point. */
  private static ImmutableMap<String, Tensor> randomWeights(NetworkPlan plan) {
    Network network =
        Network.build(plan.initialised(new Initialiser.NormalFanIn()), OPS, Seeds.of(20261));
    RandomStream random = Seeds.of(20261).derive("biases").stream();
    ImmutableMap.Builder<String, Tensor> weights = ImmutableMap.builder();
    network
        .initial()
        .forEach((parameter, start) ->
            weights.put(
                parameter.label(),
                start.type().rank() >= 2
                    ? start
                    : Tensor.generate(
                        start.type(), i -> start.get(i) + BIAS * random.nextGaussian())));
    return weights.buildOrThrow();
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"AND", "OR"})
  @DisplayName("Their gradients pass at random weights")
  void pass(BuiltInSet set) {
    Experiment experiment = experiment(set);
    NetworkPlan plan = experiment.plan();
    Samples rows = experiment.training().samples().first(32);
    GradientReport report = CrossCheck.of(plan, OPS, randomWeights(plan), rows, 20261);
    assertThat(report.verdict()).as(report::toText).isEqualTo(Verdict.PASS);
    assertThat(report.worstClosedForm().orElseThrow()).isLessThanOrEqualTo(1e-12);
  }

  private static Map<String, Tensor> trained(Experiment experiment, int epochs) {
    Network network = Network.build(experiment.plan(), OPS, Seeds.of(5));
    TrainingOptions options =
        new TrainingOptions(epochs, OptionalInt.empty(), OptionalDouble.empty(), Seeds.of(5), 1);
    return Trainer.of(network.model())
        .optimizer(new GradientDescent(0.3))
        .options(options)
        .fit(experiment.training().samples())
        .parameters();
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"AND", "OR", "DIGITS"})
  @DisplayName("They pass or are inconclusive, however long they were trained")
  void neverFail(BuiltInSet set) {
    Experiment experiment = experiment(set);
    Samples samples = experiment.training().samples();
    for (int epochs : new int[] {0, 30, 300, 3000}) {
      Map<String, Tensor> parameters = trained(experiment, epochs);
      for (int rows : new int[] {16, 64}) {
        GradientReport report =
            CrossCheck.of(experiment.plan(), OPS, parameters, samples.first(rows), 1);
        assertThat(report.verdict())
            .as("%s epochs, %s rows%n%s", epochs, rows, report.toText())
            .isNotEqualTo(Verdict.FAIL);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"digits", "iris", "breast-cancer", "diabetes", "xor", "and"})
  @DisplayName("Saved and loaded they predict the same bits")
  void sameBitsOnceLoaded(String name, @TempDir Path folder) throws Exception {
    Experiment experiment = Experiment.of(SpecReader.resolve(name), folder, OPS);
    Network network =
        Network.build(experiment.plan().initialised(new Initialiser.Glorot()), OPS, Seeds.of(11));
    ImmutableMap.Builder<String, Tensor> parameters = ImmutableMap.builder();
    network.initial().forEach((parameter, value) -> parameters.put(parameter.label(), value));
    SavedModel model = experiment.model(network, parameters.buildOrThrow());
    model.save(folder.resolve(name));
    SavedModel loaded = SavedModel.load(folder.resolve(name), OPS);
    assertThat(loaded.preparation()).isEqualTo(model.preparation());
    assertThat(loaded.form()).isEqualTo(model.form());
    assertThat(loaded.name()).isEqualTo(name);
    CsvTable table = BuiltInSet.of(name).orElseThrow().table();
    Predictions before = model.predict(table);
    Predictions after = loaded.predict(table);
    assertThat(after.outputs().bitEquals(before.outputs())).isTrue();
    assertThat(after.target()).isEqualTo(before.target());
  }
}
