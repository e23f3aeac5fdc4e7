package io.deltagraph.losses;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.deltagraph.graph.GraphException;
import io.deltagraph.graph.Value;
import io.deltagraph.tensor.Tensor;
import java.util.List;
import java.util.function.BinaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds for the penalties on weights. */
class PenaltyOpsTest {
  private static final Tensor FIRST = Tensor.matrix(new double[] {1, -2}, new double[] {0, 3});
  private static final Tensor SECOND = Tensor.matrix(new double[] {-4, 0.5});

  /** A penalty whose samples are counted. */
  @FunctionalInterface
  interface Counted {
    Value of(double lambda, double samples, List<Value> weights);
  }

  /** A penalty whose samples are a value of the graph. */
  @FunctionalInterface
  interface Batched {
    Value of(double lambda, Value samples, List<Value> weights);
  }

  /** A penalty with its numbers at a strength of 0.3. */
  @SuppressWarnings("ImmutableEnumChecker") // method references and numbers that nobody changes
  enum PenaltyOp {
    L1(
        L1Penalty::of,
        L1Penalty::of,
        0.3 / 8 * (1 + 2 + 0 + 3 + 4 + 0.5),
        new double[] {0.3 / 8, -0.3 / 8, 0, 0.3 / 8},
        new double[] {-0.3 / 8, 0.3 / 8},
        new double[] {-0.6 / 4, 0.6 / 4}),
    L2(
        L2Penalty::of,
        L2Penalty::of,
        0.3 / 16 * (1 + 4 + 0 + 9 + 16 + 0.25),
        new double[] {0.3 / 8, -0.6 / 8, 0, 0.9 / 8},
        new double[] {-1.2 / 8, 0.15 / 8},
        new double[] {-2.4 / 4, 0.3 / 4});

    private final Counted counted;
    private final Batched batched;
    private final double value;
    private final double[] first;
    private final double[] second;
    private final double[] twice;

    /**
     * A penalty.
     *
     * @param value of both weights and 8 samples
     * @param first the gradient with respect to the first then
     * @param second the gradient with respect to the second then
     * @param twice the gradient of the second given twice, with 4 samples
     */
    PenaltyOp(
        Counted counted,
        Batched batched,
        double value,
        double[] first,
        double[] second,
        double[] twice) {
      this.counted = counted;
      this.batched = batched;
      this.value = value;
      this.first = first;
      this.second = second;
      this.twice = twice;
    }
  }

  @ParameterizedTest
  @EnumSource
  void valueAndGradientsAreThoseOfTheFormula(PenaltyOp op) {
    BinaryOperator<Value> penalty = (v, w) -> op.counted.of(0.3, 8, List.of(v, w));
    assertEquals(op.value, Losses.value(penalty, FIRST, SECOND), 1e-15);
    List<Tensor> gradients = Losses.gradients(penalty, FIRST, SECOND);
    assertArrayEquals(op.first, gradients.get(0).toDoubles(), 1e-16);
    assertArrayEquals(op.second, gradients.get(1).toDoubles(), 1e-16);
  }

  @ParameterizedTest
  @EnumSource
  void theNumberOfSamplesMayBeThatOfTheBatch(PenaltyOp op) {
    Losses.assertSame(
        (v, w) -> op.batched.of(0.3, v.elementCount(List.of(0)), List.of(w)),
        (v, w) -> op.counted.of(0.3, 2, List.of(w)),
        FIRST,
        SECOND);
  }

  @ParameterizedTest
  @EnumSource
  void aWeightGivenTwiceCountsTwice(PenaltyOp op) {
    assertArrayEquals(
        op.twice,
        Losses.gradients((v, w) -> op.counted.of(0.3, 4, List.of(w, w)), FIRST, SECOND)
            .get(1)
            .toDoubles(),
        1e-16);
  }

  @ParameterizedTest
  @CsvSource({"L1, l1_penalty", "L2, l2_penalty"})
  void withoutWeightsThereIsNoPenalty(PenaltyOp op, String name) {
    assertThatThrownBy(() -> op.counted.of(1, 1, List.of()))
        .isInstanceOf(GraphException.BadGraph.class)
        .hasMessageContaining("'" + name + "' takes the weights of a model, got none");
  }
}
