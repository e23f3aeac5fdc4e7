package io.deltagraph.losses;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.deltagraph.graph.GraphException;
import io.deltagraph.graph.Value;
import io.deltagraph.tensor.Tensor;
import java.util.function.BinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds for the losses whose targets are indices of classes. */
class SparseLossesTest {
  private static final Tensor OUTPUTS =
      Tensor.matrix(new double[] {0.5, -2, 3}, new double[] {1.25, 0, -4});
  private static final Tensor CLASSES = Tensor.indices(1, 2);
  private static final Tensor ONE_HOT =
      Tensor.matrix(new double[] {0, 1, 0}, new double[] {0, 0, 1});

  /** A loss, and the logarithms of probabilities that its outputs stand for. */
  @SuppressWarnings("ImmutableEnumChecker") // functions without state
  enum SparseLoss {
    NEGATIVE_LOG_LIKELIHOOD(
        NegativeLogLikelihood::of, NegativeLogLikelihood::of, Tensor::toDoubles, log -> 0),
    SPARSE_SOFTMAX_CROSS_ENTROPY(
        SparseSoftmaxCrossEntropy::of,
        SparseSoftmaxCrossEntropy::of,
        Losses::logSoftmax,
        Math::exp);

    private final BinaryOperator<Value> usual;
    private final Losses.ReducedLoss loss;
    private final Function<Tensor, double[]> logs;
    private final DoubleUnaryOperator share;

    /**
     * A loss.
     *
     * @param logs the logarithms of the probabilities
     * @param share what an element's gradient has beside −1 for the true class, of its logarithm
     */
    SparseLoss(
        BinaryOperator<Value> usual,
        Losses.ReducedLoss loss,
        Function<Tensor, double[]> logs,
        DoubleUnaryOperator share) {
      this.usual = usual;
      this.loss = loss;
      this.logs = logs;
      this.share = share;
    }
  }

  @ParameterizedTest
  @EnumSource
  void valuesAndGradientsAreThoseOfTheFormula(SparseLoss loss) {
    double[] logs = loss.logs.apply(OUTPUTS);
    double sum = -logs[1] - logs[5];
    for (LossReduction reduction : Losses.TO_ONE) {
      BinaryOperator<Value> reduced = (z, c) -> loss.loss.of(z, c, reduction);
      double divisor = Losses.divisor(reduction, OUTPUTS);
      assertEquals(sum / divisor, Losses.value(reduced, OUTPUTS, CLASSES), 1e-15 * sum);
      double[] gradient = Losses.gradients(reduced, OUTPUTS, CLASSES).get(0).toDoubles();
      for (int i = 0; i < 6; i++) {
        double expected = loss.share.applyAsDouble(logs[i]) - ONE_HOT.get(i);
        assertEquals(expected / divisor, gradient[i], 1e-15);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void theUsualReductionIsMean(SparseLoss loss) {
    Losses.assertSame(
        loss.usual, (z, c) -> loss.loss.of(z, c, LossReduction.MEAN), OUTPUTS, CLASSES);
  }

  @ParameterizedTest
  @EnumSource
  void anIndexThatIsNoClassIsAnError(SparseLoss loss) {
    assertThatThrownBy(() -> Losses.value(loss.usual, OUTPUTS, Tensor.indices(1, 3)))
        .hasMessageContaining("3");
    assertThatThrownBy(() -> Losses.value(loss.usual, OUTPUTS, Tensor.indices(-1, 0)))
        .hasMessageContaining("-1");
  }

  @ParameterizedTest
  @EnumSource
  void columnsOfIndicesAreRefused(SparseLoss loss) {
    assertThatThrownBy(() -> Losses.value(loss.usual, OUTPUTS, Tensor.indices(1, 2).reshape(2, 1)))
        .isInstanceOf(GraphException.BadTypes.class)
        .hasMessageContaining("one class index per row, of shape [2]");
  }
}
