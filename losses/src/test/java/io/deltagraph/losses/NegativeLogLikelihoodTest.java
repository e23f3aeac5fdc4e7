package io.deltagraph.losses;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.deltagraph.graph.GraphException;
import io.deltagraph.graph.Op;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.testkit.Case;
import io.deltagraph.testkit.OpContract;
import io.deltagraph.testkit.Sampler;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NegativeLogLikelihoodTest implements OpContract {
  @Override
  public Op<?> op() {
    return new NegativeLogLikelihood();
  }

  @Override
  public List<Case> cases() {
    return Stream.of(
            Case.of("[N, 3]", "i32[N]"),
            Case.of("[2, 3]", "i64[2]"),
            Case.of("[1, 3]", "i32[1]"),
            Case.of("[2, 2, 3]", "i32[2, 2]"),
            Case.of("[0, 3]", "i32[0]").with("reduction", "sum"),
            Case.of("[N, 3]", "i32[N]").with("reduction", "sum"),
            Case.of("[N, 3]", "i32[N]").with("reduction", "mean_all"))
        .map(c -> c.sampling(1, Sampler.classes(3)))
        .toList();
  }

  @Override
  public List<Case> refusals() {
    return List.of(
        Case.of("[3]", "i32[]"),
        Case.of("[4, 3]", "i32[4, 1]"),
        Case.of("[4, 3]", "i32[3]"),
        Case.of("[4, N]", "i32[4]"));
  }

  private static final Tensor LOGS =
      Tensor.matrix(new double[] {0.5, -2, 3}, new double[] {1.25, 0, -4});
  private static final Tensor CLASSES = Tensor.indices(1, 2);

  @Test
  void valuesAndGradientsAreThoseOfTheFormula() {
    Tensor oneHot = Tensor.matrix(new double[] {0, 1, 0}, new double[] {0, 0, 1});
    double[] logs = LOGS.toDoubles();
    double sum = -logs[1] - logs[5];
    for (LossReduction reduction : LossReduction.values()) {
      Losses.Loss loss = (z, c) -> NegativeLogLikelihood.of(z, c, reduction);
      double divisor = Losses.divisor(reduction, LOGS);
      assertEquals(sum / divisor, Losses.value(loss, LOGS, CLASSES), 1e-15 * sum);
      double[] gradient = Losses.gradients(loss, LOGS, CLASSES).get(0).toDoubles();
      for (int i = 0; i < 6; i++) {
        assertEquals(-oneHot.get(i) / divisor, gradient[i], 1e-15);
      }
    }
  }

  @Test
  void theUsualReductionIsMean() {
    Losses.assertSame(
        NegativeLogLikelihood::of,
        (z, c) -> NegativeLogLikelihood.of(z, c, LossReduction.MEAN),
        LOGS,
        CLASSES);
  }

  @Test
  void anIndexThatIsNoClassIsAnError() {
    assertThatThrownBy(() -> Losses.value(NegativeLogLikelihood::of, LOGS, Tensor.indices(1, 3)))
        .hasMessageContaining("3");
    assertThatThrownBy(() -> Losses.value(NegativeLogLikelihood::of, LOGS, Tensor.indices(-1, 0)))
        .hasMessageContaining("-1");
  }

  @Test
  void columnsOfIndicesAreRefused() {
    assertThatThrownBy(
            () -> Losses.value(NegativeLogLikelihood::of, LOGS, Tensor.indices(1, 2).reshape(2, 1)))
        .isInstanceOf(GraphException.BadTypes.class)
        .hasMessageContaining("one class index per row, of shape [2]");
  }

  @Test
  void aClassRuledOutCostsNothingUnlessItIsTheTrueOne() {
    Tensor logs = Tensor.matrix(new double[] {-1, Double.NEGATIVE_INFINITY});
    assertEquals(1, Losses.value(NegativeLogLikelihood::of, logs, Tensor.indices(0)));
    assertEquals(
        Double.POSITIVE_INFINITY, Losses.value(NegativeLogLikelihood::of, logs, Tensor.indices(1)));
  }
}
