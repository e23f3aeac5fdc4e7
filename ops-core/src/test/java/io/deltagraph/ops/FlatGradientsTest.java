package io.deltagraph.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.deltagraph.tensor.Tensor;
import io.deltagraph.testkit.Calculation;
import io.deltagraph.testkit.Calculation.Expression;
import io.deltagraph.type.DType;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Ops that change in jumps only have no gradient, and say why. */
class FlatGradientsTest {
  private static final String COMPARISON = "a comparison changes in jumps only";
  private static final Tensor ONE = Tensor.vector(1.5, 2);
  private static final Tensor TWO = Tensor.vector(2, 1);

  static Stream<Arguments> ops() {
    return Stream.of(
        row("less", COMPARISON, x -> Less.of(x[0], x[1]), ONE, TWO),
        row("less_equal", COMPARISON, x -> LessEqual.of(x[0], x[1]), ONE, TWO),
        row("equal", COMPARISON, x -> Equal.of(x[0], x[1]), ONE, TWO),
        row("not_equal", COMPARISON, x -> NotEqual.of(x[0], x[1]), ONE, TWO),
        row("greater_equal", COMPARISON, x -> GreaterEqual.of(x[0], x[1]), ONE, TWO),
        row("greater", COMPARISON, x -> Greater.of(x[0], x[1]), ONE, TWO),
        row("is_nan", "does not change with a small step", x -> IsNan.of(x[0]), ONE),
        row("floor", "floor is constant between whole numbers", x -> Floor.of(x[0]), ONE),
        row("cast", "a cast to i32 changes in jumps only", x -> Cast.of(x[0], DType.I32), ONE),
        row(
            "arg_max",
            "the position of the largest element changes in jumps only",
            x -> ArgMax.of(x[0], List.of(), false),
            ONE),
        row(
            "arg_min",
            "the position of the smallest element changes in jumps only",
            x -> ArgMin.of(x[0], List.of(), false),
            ONE),
        row(
            "arg_sort",
            "the order of elements changes in jumps only",
            x -> ArgSort.of(x[0], 0, false),
            ONE));
  }

  private static Arguments row(String op, String why, Expression expression, Tensor... inputs) {
    return arguments(op, why, expression, inputs);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("ops")
  void saysWhyItsGradientIsZero(String op, String why, Expression expression, Tensor... inputs) {
    assertThat(Calculation.flat(expression, inputs))
        .singleElement()
        .asString()
        .startsWith(op + ": ")
        .endsWith(why);
  }
}
