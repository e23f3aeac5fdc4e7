package io.deltagraph.ops;

import static io.deltagraph.testkit.Calculation.elements;
import static io.deltagraph.testkit.Calculation.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.deltagraph.graph.Value;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.util.function.BinaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds for all comparisons of two numbers. */
class ComparisonsTest {
  /** A comparison, with whether it holds of 1, 2 and 3 beside 2, and of NaN beside 2. */
  @SuppressWarnings("ImmutableEnumChecker") // method references hold nothing
  enum Comparison {
    LESS(Less::of, 1, 0, 0, 0),
    LESS_EQUAL(LessEqual::of, 1, 1, 0, 0),
    EQUAL(Equal::of, 0, 1, 0, 0),
    NOT_EQUAL(NotEqual::of, 1, 0, 1, 1),
    GREATER_EQUAL(GreaterEqual::of, 0, 1, 1, 0),
    GREATER(Greater::of, 0, 0, 1, 0);

    private final BinaryOperator<Value> op;
    private final double below;
    private final double at;
    private final double above;
    private final double ofNaN;

    Comparison(BinaryOperator<Value> op, double below, double at, double above, double ofNaN) {
      this.op = op;
      this.below = below;
      this.at = at;
      this.above = above;
      this.ofNaN = ofNaN;
    }
  }

  @ParameterizedTest
  @EnumSource
  void comparesNumbersToAMask(Comparison comparison) {
    Tensor mask =
        value(
            x -> comparison.op.apply(x[0], x[1]),
            Tensor.vector(1, 2, 3, Double.NaN),
            Tensor.vector(2));
    assertThat(mask.type()).isEqualTo(TensorType.of(DType.BOOL, 4));
    assertThat(mask.toDoubles())
        .containsExactly(comparison.below, comparison.at, comparison.above, comparison.ofNaN);
  }

  @ParameterizedTest
  @EnumSource
  void comparesWholeNumbers(Comparison comparison) {
    assertThat(
            elements(
                x -> comparison.op.apply(x[0], x[1]),
                Tensor.indices(1, 2, 3),
                Tensor.indices(2, 2, 2)))
        .containsExactly(comparison.below, comparison.at, comparison.above);
  }
}
