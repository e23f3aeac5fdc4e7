package io.deltagraph.experiments;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.Doubles;
import com.google.common.primitives.Ints;
import io.deltagraph.closedform.LeastSquares;
import io.deltagraph.closedform.LinearRegressionFormulas;
import io.deltagraph.crosscheck.CrossCheck;
import io.deltagraph.crosscheck.LinearSolution;
import io.deltagraph.data.BuiltInSet;
import io.deltagraph.experiments.spec.SpecReader;
import io.deltagraph.experiments.spec.TrainingSpec;
import io.deltagraph.models.Network;
import io.deltagraph.random.Seeds;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.training.Trainer;
import io.deltagraph.training.TrainingOptions;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinearSolutionTest {
  private static final OpRegistry OPS = OpRegistry.load();

  private static Experiment experiment(TrainingSpec spec) {
    return Experiment.of(spec, Path.of("."), OPS);
  }

  private static Map<String, Tensor> train(Experiment experiment) {
    TrainingSpec spec = experiment.spec();
    Network network = Network.build(experiment.plan(), OPS, Seeds.of(spec.seed()));
    return Trainer.of(network.model())
        .optimizer(OptimizerPlans.of(spec.optimizer().orElseThrow(), spec.name()))
        .options(
            new TrainingOptions(
                spec.epochs(), spec.batch(), spec.stopBelow(), Seeds.of(spec.seed()), 1))
        .fit(experiment.training().samples())
        .parameters();
  }

  private static LinearSolution solved(Experiment experiment) {
    return ((LinearSolution.Solved) experiment.solution(train(experiment))).solution();
  }

  private static TrainingSpec polynomial(int degree, String loss, int epochs) {
    String json =
        """
        {
          "data": { "builtIn": "diabetes", "task": "regression", "columns": ["bmi"] },
          "standardisation": "standard",
          "model": { "family": "linear", "degree": %d, "initialiser": "zeros" },
          "loss": %s,
          "optimizer": { "name": "gradient_descent", "learningRate": 0.3 },
          "epochs": %d,
          "batch": "all",
          "dtype": "f64"
        }
        """
            .formatted(degree, loss, epochs);
    return SpecReader.parse("test", "test", json.getBytes(UTF_8));
  }

  @Test
  @DisplayName("Gradient descent reaches the solution by QR on the house prices")
  void houses() {
    Experiment experiment = experiment(SpecReader.builtIn(BuiltInSet.HOUSE_PRICES));
    LinearSolution solution = solved(experiment);
    assertThat(solution.names()).containsExactly("bias", "area", "bedrooms");
    assertThat(solution.relativeDifference()).isLessThan(1e-6);
    // The other road: the normal equations on the same features.
    double[] normal =
        LinearRegressionFormulas.normalEquations(
            experiment.training().samples().inputs().toRows(),
            LinearRegressionFormulas.housePrices());
    assertThat(Doubles.toArray(solution.exact())).containsExactly(normal, within(1e-9));
    assertThat(solution.trained().get(0))
        .isCloseTo((400 + 330 + 369 + 232 + 540) / 5.0, within(1e-9));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  @DisplayName("Gradient descent on a polynomial's features goes towards the solution by QR")
  void polynomials(int degree) {
    String loss = "{ \"name\": \"half_squared_error\", \"reduction\": \"mean\" }";
    Experiment experiment = experiment(polynomial(degree, loss, 6000));
    LinearSolution longer = solved(experiment);
    LinearSolution shorter = solved(experiment(polynomial(degree, loss, 10)));
    assertThat(longer.names()).hasSize(degree + 1);
    assertThat(longer.relativeDifference()).isLessThan(shorter.relativeDifference());
    // Powers of one column are nearly dependent: from degree 2 on descent is slow along them.
    assertThat(longer.relativeDifference()).isLessThan(degree == 1 ? 1e-12 : 1);
    double best = cost(experiment, Doubles.toArray(longer.exact()));
    assertThat(cost(experiment, Doubles.toArray(longer.trained()))).isBetween(best, 1.01 * best);
    assertThat(cost(experiment, Doubles.toArray(shorter.trained())))
        .isGreaterThan(cost(experiment, Doubles.toArray(longer.trained())));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  @DisplayName("On scaled features and on powers of the raw column QR makes the same predictions")
  void rawPowers(int degree) {
    Experiment experiment = experiment(polynomial(degree, "\"mean_squared_error\"", 1));
    double[] scaled = Doubles.toArray(solved(experiment).exact());
    int[] rows = Ints.toArray(experiment.split().train());
    List<Double> bmi = BuiltInSet.DIABETES.table().numbers("bmi");
    double[] x = new double[rows.length];
    double[] y = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      x[i] = bmi.get(rows[i]);
      y[i] = experiment.training().samples().targets().get(i);
    }
    LeastSquares.Solution raw = LeastSquares.polynomial(x, y, degree);
    double[][] inputs = experiment.training().samples().inputs().toRows();
    for (int i = 0; i < rows.length; i++) {
      assertThat(LinearRegressionFormulas.hypothesis(scaled, inputs[i]))
          .isCloseTo(y[i] - raw.residuals()[i], within(1e-8));
    }
  }

  private static double cost(Experiment experiment, double[] theta) {
    return LinearRegressionFormulas.cost(
        theta,
        experiment.training().samples().inputs().toRows(),
        experiment.training().samples().targets().toDoubles());
  }

  @Test
  @DisplayName("At the solution by QR the gradient of the net is 0 but for rounding")
  void stationary() {
    Experiment experiment = experiment(SpecReader.builtIn(BuiltInSet.DIABETES));
    LinearSolution solution = solved(experiment);
    double[] theta = Doubles.toArray(solution.exact());
    double[] weights = Arrays.copyOfRange(theta, 1, theta.length);
    Map<String, Tensor> exact =
        ImmutableMap.of(
            "layer1.weight", Tensor.matrix(new double[][] {weights}),
            "layer1.bias", Tensor.vector(theta[0]));
    CrossCheck.of(experiment.plan(), OPS, exact, experiment.training().samples(), 1).rows().stream()
        .filter(row -> !row.name().startsWith("delta"))
        .forEach(row -> {
          for (double entry : row.autodiff().toDoubles()) {
            assertThat(Math.abs(entry)).as(row.name()).isLessThan(1e-10); // of sums near 1e4
          }
        });
    // 2,000 epochs stop short of it: blood values are nearly dependent.
    assertThat(solution.relativeDifference()).isBetween(1e-12, 0.2);
  }

  @Test
  @DisplayName("Where least squares do not apply the reason is said")
  void reasons() {
    Experiment iris = experiment(SpecReader.builtIn(BuiltInSet.IRIS));
    assertThat(iris.solution(ImmutableMap.of()))
        .isEqualTo(new LinearSolution.None("the model is no linear regression"));
    assertThat(experiment(polynomial(1, "\"mean_absolute_error\"", 1)).solution(ImmutableMap.of()))
        .isEqualTo(new LinearSolution.None("the loss is no sum of squares"));
    assertThat(
            experiment(polynomial(1, "{ \"name\": \"mean_squared_error\", \"l2\": 1 }", 1))
                .solution(ImmutableMap.of()))
        .isEqualTo(new LinearSolution.None("the loss has a penalty"));
  }
}
