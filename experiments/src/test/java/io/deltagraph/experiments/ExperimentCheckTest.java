package io.deltagraph.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.Doubles;
import io.deltagraph.check.GradientReport;
import io.deltagraph.check.Verdict;
import io.deltagraph.crosscheck.ExampleCheck;
import io.deltagraph.crosscheck.LinearSolution;
import io.deltagraph.crosscheck.PerceptronTrace;
import io.deltagraph.experiments.spec.SpecReader;
import io.deltagraph.models.Initialiser;
import io.deltagraph.models.LayerPlan;
import io.deltagraph.models.NetworkPlan;
import io.deltagraph.models.OpChoice;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.runtime.NonFinite;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.training.Samples;
import io.deltagraph.type.DType;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExperimentCheckTest {
  private static final OpRegistry OPS = OpRegistry.load();

  private static Experiment experiment(String name) {
    return Experiment.of(SpecReader.resolve(name), Path.of(""), OPS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"iris", "wine", "breast-cancer", "diabetes", "xor", "and", "or"})
  void everyEntryIsComparedAtRandomWeights(String name) {
    ExperimentCheck check = ExperimentCheck.of(experiment(name));
    GradientReport report = check.before(OPS);
    assertThat(report.verdict()).as(report::toText).isEqualTo(Verdict.PASS);
    assertThat(report.worstClosedForm().orElseThrow()).isLessThanOrEqualTo(1e-12);
    assertThat(report.masked()).isZero();
  }

  @Test
  void takesTheRowsOfTheFirstBatch() {
    ExperimentCheck digits = ExperimentCheck.of(experiment("digits"));
    assertThat(digits.samples().count()).isEqualTo(32);
    Samples all = experiment("digits").training().samples();
    assertThat(digits.samples().inputs().bitEquals(all.first(32).inputs())).isFalse();
    assertThat(ExperimentCheck.of(experiment("and")).samples().count()).isEqualTo(4);
    assertThat(ExperimentCheck.of(experiment("iris")).samples().count()).isEqualTo(64);
  }

  @Test
  void aPerceptronIsCheckedAsASigmoidNeuron() {
    ExperimentCheck check = ExperimentCheck.of(experiment("or"));
    assertThat(check.plan().layers().getFirst().activation().op()).isEqualTo("sigmoid");
    Tensor weights = Tensor.matrix(new double[] {0.5, -0.25});
    GradientReport report =
        check.at(ImmutableMap.of("layer1.weight", weights, "layer1.bias", Tensor.vector(0.1)), OPS);
    // 1/n Σ (σ(z) − t) σ'(z) over the four rows, by hand.
    double expected = 0;
    for (int a = 0; a < 2; a++) {
      for (int b = 0; b < 2; b++) {
        double s = 1 / (1 + Math.exp(-(0.5 * a - 0.25 * b + 0.1)));
        expected += (s - (a | b)) * s * (1 - s) / 4;
      }
    }
    assertThat(
            report.rows().stream()
                .filter(row -> row.name().equals("layer1.bias"))
                .findFirst()
                .orElseThrow()
                .autodiff()
                .get(0))
        .isCloseTo(expected, org.assertj.core.data.Offset.offset(1e-15));
  }

  @Test
  void everyUpdateOfAPerceptronIsTheRule() {
    Experiment and = experiment("and");
    PerceptronTrace trace = and.trace(OPS, 20);
    assertThat(trace.updates()).hasSize(80);
    assertThat(trace.verdict(DType.F32)).isEqualTo(Verdict.PASS);
    double[] w = new double[3];
    for (PerceptronTrace.Update update : trace.updates()) {
      int row = update.rows().getFirst();
      double[] x = and.training().samples().inputs().rows(row, row + 1).toDoubles();
      double t = and.training().samples().targets().get(row);
      double h = w[0] * x[0] + w[1] * x[1] + w[2] < 0 ? 0 : 1;
      double[] rule = {(t - h) * x[0], (t - h) * x[1], t - h};
      for (int j = 0; j < 3; j++) {
        assertThat(update.formula().get(j)).isEqualTo(rule[j]);
        assertThat(update.taken().get(j)).isEqualTo(rule[j]);
        w[j] += rule[j];
      }
    }
    assertThat(new double[] {w[2] < 0 ? 0 : 1, w[0] + w[1] + w[2] < 0 ? 0 : 1})
        .containsExactly(0, 1);
  }

  @Test
  void anotherUpdateFails() {
    PerceptronTrace.Update update = experiment("and").trace(OPS, 1).updates().get(0);
    PerceptronTrace.Update off =
        new PerceptronTrace.Update(
            1, update.rows(), update.outputs(), update.taken(), Doubles.asList(), 1e-5);
    assertThat(new PerceptronTrace(ImmutableList.of(update, off)).verdict(DType.F32))
        .isEqualTo(Verdict.FAIL);
    assertThatThrownBy(() -> experiment("iris").trace(OPS, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void noLineSeparatesExclusiveOr() {
    PerceptronTrial xor = PerceptronTrial.of(experiment("xor"), OPS, 1000);
    assertThat(xor.wrong()).hasSize(1000);
    assertThat(xor.fewestWrong()).isPositive();
    assertThat(PerceptronTrial.of(experiment("or"), OPS, 50).wrong().getLast()).isZero();
  }

  @Test
  void linearRegressionIsComparedWithLeastSquares() {
    Experiment houses = experiment("house-prices");
    LinearSolution solution = solved(houses, new double[] {1, 2}, 3);
    assertThat(solution.names()).containsExactly("bias", "area", "bedrooms");
    assertThat(Doubles.toArray(solution.trained())).containsExactly(3, 1, 2);
    // At the solution the residuals are orthogonal to every column.
    double[][] x = houses.training().samples().inputs().toRows();
    double[] sums = new double[3];
    for (int i = 0; i < x.length; i++) {
      double residual = houses.training().samples().targets().get(i) - solution.exact().get(0);
      residual -= solution.exact().get(1) * x[i][0] + solution.exact().get(2) * x[i][1];
      sums[0] += residual;
      sums[1] += residual * x[i][0];
      sums[2] += residual * x[i][1];
    }
    assertThat(sums).containsExactly(new double[3], org.assertj.core.data.Offset.offset(1e-10));
    double[] exact = Doubles.toArray(solution.exact());
    assertThat(solved(houses, new double[] {exact[1], exact[2]}, exact[0]).relativeDifference())
        .isZero();
    assertThat(experiment("iris").solution(ImmutableMap.of()))
        .isInstanceOf(LinearSolution.None.class);
  }

  private static LinearSolution solved(Experiment experiment, double[] weights, double bias) {
    LinearSolution.Result result =
        experiment.solution(
            ImmutableMap.of(
                "layer1.weight", Tensor.matrix(weights), "layer1.bias", Tensor.vector(bias)));
    return ((LinearSolution.Solved) result).solution();
  }

  @Test
  void theWorkedExampleIsConfirmed() {
    ExampleCheck check = ExampleCheck.of(OPS);
    assertThat(check.verdict()).isEqualTo(Verdict.PASS);
    assertThat(check.quantities()).hasSize(8);
    assertThat(check.table()).contains("S-004-10");
    List<ExampleCheck.Quantity> off = ImmutableList.of(new ExampleCheck.Quantity("δ", 1e-3));
    assertThat(new ExampleCheck(check.table(), off, check.report()).verdict())
        .isEqualTo(Verdict.FAIL);
  }

  @ParameterizedTest
  @CsvSource({"log, NaN", "exp, ''", "tanh, ''"})
  void whoMakesTheFirstNumberThatIsNotFiniteIsTold(String activation, String number) {
    Initialiser normal = new Initialiser.NormalFanIn();
    NetworkPlan plan =
        new NetworkPlan(
            2,
            ImmutableList.of(
                new LayerPlan(3, OpChoice.of(activation), normal),
                new LayerPlan(1, OpChoice.of("identity"), normal)),
            false,
            OpChoice.of("squared_distance"),
            0,
            0,
            DType.F32);
    ExperimentCheck check = new ExperimentCheck(plan, experiment("xor").training().samples(), 1);
    Optional<String> told = check.firstNonFinite(OPS).map(NonFinite::toString);
    assertThat(told.isPresent()).isEqualTo(!number.isEmpty());
    assertThat(told.orElse(""))
        .contains(number.isEmpty() ? "" : "is NaN, made by log from finite inputs.")
        .contains(number.isEmpty() ? "" : "\n  op      log  ");
  }
}
