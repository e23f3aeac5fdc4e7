package io.deltagraph.ops;

import static io.deltagraph.testkit.Calculation.batched;
import static io.deltagraph.testkit.Calculation.derivative;
import static io.deltagraph.testkit.Calculation.elements;
import static io.deltagraph.testkit.Calculation.gradient;
import static io.deltagraph.testkit.Calculation.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.Op;
import io.deltagraph.graph.Value;
import io.deltagraph.plan.Plan;
import io.deltagraph.plan.Planner;
import io.deltagraph.plan.Step;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.testkit.Case;
import io.deltagraph.testkit.Mutator;
import io.deltagraph.testkit.OpContract;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MeanAndVarianceTest implements OpContract {
  private static final Tensor MATRIX =
      Tensor.matrix(new double[] {1, 2, 4}, new double[] {8, 16, 32});

  @Override
  public Op<?> op() {
    return new MeanAndVariance();
  }

  @Override
  public List<Case> cases() {
    return List.of(
        Case.of("[4]"),
        Case.of("[2, 3]").with("axes", List.of(1)).with("correction", 1),
        Case.of("[2, 3]").with("axes", List.of(0)).with("keepdims", true),
        Case.of("[N, 3]").with("axes", List.of(0)).with("correction", 1),
        Case.of("[2, 2, 3]").with("axes", List.of(0, -1)),
        Case.of("[N, 3]"));
  }

  @Override
  public Map<Mutator, String> equivalentMutants() {
    return Map.of(
        Mutator.STALE_OUTPUT, "what is off in the mean is taken off by the second centring");
  }

  @Test
  void givesBoth() {
    assertThat(
            elements(
                x -> MeanAndVariance.of(x, List.of(), false, 0).mean(), 2, 4, 4, 4, 5, 5, 7, 9))
        .containsExactly(new double[] {5}, within(1e-14));
    assertThat(
            elements(
                x -> MeanAndVariance.of(x, List.of(), false, 0).variance(), 2, 4, 4, 4, 5, 5, 7, 9))
        .containsExactly(new double[] {4}, within(1e-14));
    assertThat(elements(x -> MeanAndVariance.of(x[0], List.of(0), false, 0).mean(), MATRIX))
        .containsExactly(new double[] {4.5, 9, 18}, within(1e-13));
    assertThat(elements(x -> MeanAndVariance.of(x[0], List.of(0), false, 0).variance(), MATRIX))
        .containsExactly(new double[] {12.25, 49, 196}, within(1e-12));
    assertThat(value(x -> MeanAndVariance.of(x[0], List.of(1), true, 1).mean(), MATRIX).type())
        .isEqualTo(TensorType.of(DType.F64, 2, 1));
    assertThat(batched(x -> MeanAndVariance.of(x[0], List.of(0), false, 1).variance(), MATRIX))
        .containsExactly(new double[] {24.5, 98, 392}, within(1e-12));
  }

  @Test
  void isNaNOfNoElements() {
    Tensor none = Tensor.zeros(TensorType.of(DType.F64, 0, 2));
    assertThat(elements(x -> MeanAndVariance.of(x[0], List.of(0), false, 0).mean(), none))
        .containsExactly(Double.NaN, Double.NaN);
    assertThat(elements(x -> MeanAndVariance.of(x[0], List.of(0), false, 0).variance(), none))
        .containsExactly(Double.NaN, Double.NaN);
    assertThat(elements(x -> MeanAndVariance.of(x, List.of(), false, 1).mean(), 3))
        .containsExactly(3);
  }

  /** Of {@code 5 mean + 7 variance} at 1, 2, 6: 5/3 + 7 (x − 3). */
  @Test
  void addsUpTheGradientsOfBoth() {
    assertThat(
            gradient(
                x -> {
                  MeanAndVariance.Moments both = MeanAndVariance.of(x, List.of(), false, 1);
                  return both.mean().times(5).plus(both.variance().times(7));
                },
                1,
                2,
                6))
        .containsExactly(new double[] {5.0 / 3 - 14, 5.0 / 3 - 7, 5.0 / 3 + 21}, within(1e-12));
    assertThat(gradient(x -> MeanAndVariance.of(x, List.of(), false, 1).mean().times(6), 1, 2, 6))
        .containsExactly(new double[] {2, 2, 2}, within(1e-14));
    assertThat(
            batched(
                derivative(x -> MeanAndVariance.of(x[0], List.of(0), false, 1).variance(), 0),
                MATRIX))
        .containsExactly(new double[] {-7, -14, -28, 7, 14, 28}, within(1e-12));
  }

  /** {@code mean · variance} at 1, 2, 6 for n = 3: the product rule, 7/3 + 3 (x − 3). */
  @Test
  void bothInOneProduct() {
    assertThat(
            gradient(
                x -> {
                  MeanAndVariance.Moments both = MeanAndVariance.of(x, List.of(), false, 1);
                  return both.mean().times(both.variance());
                },
                1,
                2,
                6))
        .containsExactly(new double[] {7.0 / 3 - 6, 7.0 / 3 - 3, 7.0 / 3 + 9}, within(1e-12));
  }

  @Test
  void losesNoDigitsFarFromZero() {
    assertThat(
            elements(
                x -> MeanAndVariance.of(x, List.of(), false, 1).variance(),
                1e9 + 4,
                1e9 + 7,
                1e9 + 13,
                1e9 + 16))
        .containsExactly(new double[] {30}, within(1e-9));
  }

  @Test
  void isOnePassOverTheElements() {
    GraphBuilder builder = new GraphBuilder(OpRegistry.load());
    Value x = builder.input("x", TensorType.of(DType.F64, 8, 100));
    MeanAndVariance.Moments both = MeanAndVariance.of(x, List.of(1), false, 0);
    Plan plan =
        Planner.plan(
            builder.graph(Map.of("mean", both.mean(), "variance", both.variance())), Map.of());
    assertThat(plan.steps()).singleElement().isInstanceOf(Step.Fold.class);
  }
}
