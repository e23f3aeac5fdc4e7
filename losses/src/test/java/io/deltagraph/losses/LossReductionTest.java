package io.deltagraph.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.deltagraph.graph.GraphException;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

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
        .containsExactly("sum", "mean", "mean_all");
  }

  @Test
  void anUnknownNameIsRefusedWithTheKnownOnes() {
    assertThatThrownBy(() ->
            Losses.value(
                (a, t) -> a.op("squared_distance", Map.of("reduction", "average"), t),
                OUTPUTS,
                ZEROS))
        .isInstanceOf(GraphException.BadAttribute.class)
        .hasMessageContaining("one of sum, mean (over samples) and mean_all")
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
