package io.deltagraph.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.deltagraph.graph.GraphException;
import io.deltagraph.graph.Value;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LossReductionTest {
  private static final Tensor OUTPUTS =
      Tensor.matrix(new double[] {1, 2, 3}, new double[] {4, 5, 6});
  private static final Tensor ZEROS = Tensor.matrix(new double[3], new double[3]);

  @Test
  void namesAreReadAsTheyAreWritten() {
    for (LossReduction reduction : LossReduction.values()) {
      assertEquals(reduction, LossReduction.parse(reduction.text()));
    }
    assertThat(List.of(LossReduction.values()).stream().map(LossReduction::text))
        .containsExactly("sum", "mean", "mean_all", "per_sample");
  }

  @Test
  void anUnknownNameIsRefusedWithTheKnownOnes() {
    assertThatThrownBy(() ->
            Losses.value(
                (a, t) -> a.op("squared_distance", Map.of("reduction", "average"), t),
                OUTPUTS,
                ZEROS))
        .isInstanceOf(GraphException.BadAttribute.class)
        .hasMessageContaining(
            "one of sum, mean (over samples), mean_all (over samples and outputs) and")
        .hasMessageContaining("got 'average'");
  }

  @Test
  void aNumberAloneIsOneSample() {
    for (LossReduction reduction : LossReduction.values()) {
      assertEquals(
          9,
          Losses.value(
              (a, t) -> SquaredDistance.of(a, t, reduction), Tensor.scalar(5), Tensor.scalar(2)));
    }
  }

  /** Weighting the numbers of samples is adding up each sample's own loss so many times. */
  @ParameterizedTest
  @EnumSource
  void aNumberForEachSampleIsTheLossOfItAlone(DenseLoss loss) {
    Tensor outputs = loss.data.outputs;
    Tensor targets = loss.data.targets;
    double[] weights = {0.75, -2};
    BinaryOperator<Value> weighted =
        (a, t) ->
            loss.loss
                .of(a, t, LossReduction.PER_SAMPLE)
                .times(a.builder().constant(Tensor.vector(weights)))
                .sum();
    BinaryOperator<Value> alone = (a, t) -> loss.loss.of(a, t, LossReduction.SUM);
    List<Tensor> gradients = Losses.gradients(weighted, outputs, targets);
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      Tensor a = outputs.rows(i, i + 1);
      Tensor t = targets.rows(i, i + 1);
      sum += weights[i] * Losses.value(alone, a, t);
      List<Tensor> own = Losses.gradients(alone, a, t);
      for (int of = 0; of < 2; of++) {
        double[] got = gradients.get(of).rows(i, i + 1).toDoubles();
        for (int j = 0; j < got.length; j++) {
          assertEquals(weights[i] * own.get(of).get(j), got[j], 1e-14 * (1 + Math.abs(got[j])));
        }
      }
    }
    assertEquals(sum, Losses.value(weighted, outputs, targets), 1e-14 * (1 + Math.abs(sum)));
  }

  @Test
  void aVectorIsASampleEach() {
    assertEquals(
        (1 + 4 + 9) / 3.0,
        Losses.value(
            (a, t) -> SquaredDistance.of(a, t, LossReduction.MEAN),
            Tensor.vector(1, 2, 3),
            Tensor.vector(0, 0, 0)));
  }

  @Test
  void theFirstAxisCountsSamples() {
    Tensor cube = Tensor.vector(1, 2, 3, 4, 5, 6, 7, 8).reshape(2, 2, 2);
    Tensor none = Tensor.zeros(cube.type());
    List<Tensor> gradients =
        Losses.gradients(
            (a, t) ->
                SquaredDistance.of(a, t, LossReduction.PER_SAMPLE)
                    .times(a.builder().constant(Tensor.vector(1, 10)))
                    .sum(),
            cube,
            none);
    assertThat(gradients.getFirst().toDoubles()).containsExactly(2, 4, 6, 8, 100, 120, 140, 160);
  }

  @Test
  void aMeanOfNoSamplesIsNoNumber() {
    Tensor none = Tensor.zeros(TensorType.of(DType.F64, 0, 3));
    assertEquals(Double.NaN, Losses.value(HalfSquaredError::of, none, none));
    assertEquals(
        0, Losses.value((a, t) -> HalfSquaredError.of(a, t, LossReduction.SUM), none, none));
  }

  /** (n) against (n, 1) would broadcast to n × n and train on nonsense. */
  @Test
  void shapesThatDifferAreRefused() {
    assertThatThrownBy(() ->
            Losses.value(
                HalfSquaredError::of, Tensor.vector(1, 2), Tensor.vector(1, 2).reshape(2, 1)))
        .isInstanceOf(GraphException.BadTypes.class)
        .hasMessageContaining("half_squared_error cannot take f64[2] and f64[2, 1]")
        .hasMessageContaining("a loss does not broadcast");
  }
}
