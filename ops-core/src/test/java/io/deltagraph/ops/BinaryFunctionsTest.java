package io.deltagraph.ops;

import static io.deltagraph.testkit.Calculation.derivative;
import static io.deltagraph.testkit.Calculation.elements;
import static java.lang.Double.NEGATIVE_INFINITY;
import static java.lang.Double.NaN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.deltagraph.graph.Value;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Functions of two numbers, element by element, where their values are known. */
class BinaryFunctionsTest {
  static Stream<Arguments> values() {
    return Stream.of(
        row("add", Add::of, of(1.5, -2), of(0.5, 2), are(2, 0)),
        row("add to whole numbers", Add::of, whole(3, -4), whole(1, 1), are(4, -3)),
        row("subtract", Subtract::of, of(1.5, -2), of(0.5, 2), are(1, -4)),
        row("subtract whole numbers", Subtract::of, whole(3, -4), whole(1, 1), are(2, -5)),
        row("hadamard", Hadamard::of, of(1.5, -2), of(4, 0.5), are(6, -1)),
        row("hadamard of whole numbers", Hadamard::of, whole(3, -4), whole(2, 2), are(6, -8)),
        row("divide", Divide::of, of(3, -1, 0), of(2, 0, 0), are(1.5, NEGATIVE_INFINITY, NaN)),
        row("maximum", Maximum::of, of(1, 4, 2), of(3, -5, 2), are(3, 4, 2)),
        row("maximum with NaN", Maximum::of, of(NaN, 1), of(1, NaN), are(NaN, NaN)),
        row("maximum of whole numbers", Maximum::of, whole(3, -4), whole(1, 1), are(3, 1)),
        row("minimum", Minimum::of, of(1, 4, 2), of(3, -5, 2), are(1, -5, 2)),
        row("minimum with NaN", Minimum::of, of(NaN, 1), of(1, NaN), are(NaN, NaN)),
        row("minimum of whole numbers", Minimum::of, whole(3, -4), whole(1, 1), are(1, -4)),
        row("logical_and", LogicalAnd::of, mask(0, 0, 1, 1), mask(0, 1, 0, 1), are(0, 0, 0, 1)),
        row("logical_or", LogicalOr::of, mask(0, 0, 1, 1), mask(0, 1, 0, 1), are(0, 1, 1, 1)));
  }

  /** Of each side, half at a tie. */
  static Stream<Arguments> gradients() {
    return Stream.of(
        arguments("maximum", (BinaryOperator<Value>) Maximum::of, are(0, 1, 0.5), are(1, 0, 0.5)),
        arguments("minimum", (BinaryOperator<Value>) Minimum::of, are(1, 0, 0.5), are(0, 1, 0.5)));
  }

  private static Arguments row(
      String what, BinaryOperator<Value> function, Tensor left, Tensor right, double[] expected) {
    return arguments(what, function, left, right, expected);
  }

  private static Tensor of(double... elements) {
    return Tensor.vector(elements);
  }

  private static Tensor whole(int... elements) {
    return Tensor.indices(elements);
  }

  private static Tensor mask(double... elements) {
    return Tensor.vector(elements).cast(DType.BOOL);
  }

  private static double[] are(double... elements) {
    return elements;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void values(
      String what, BinaryOperator<Value> function, Tensor left, Tensor right, double[] expected) {
    assertThat(elements(x -> function.apply(x[0], x[1]), left, right)).containsExactly(expected);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void gradients(String what, BinaryOperator<Value> function, double[] left, double[] right) {
    assertThat(elements(derivative(x -> function.apply(x[0], x[1]), 0), of(1, 4, 2), of(3, -5, 2)))
        .containsExactly(left);
    assertThat(elements(derivative(x -> function.apply(x[0], x[1]), 1), of(1, 4, 2), of(3, -5, 2)))
        .containsExactly(right);
  }
}
