package io.deltagraph.activations;

import static java.lang.Double.NaN;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.deltagraph.graph.GraphException;
import io.deltagraph.graph.Value;
import io.deltagraph.testkit.Calculation;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What holds for all activations of one number: tables of their values and slopes, their limits,
 * kinks, and attributes. What is peculiar to one stands in the test of its op.
 */
class PointwiseActivationsTest {
  private static final double INFINITY = Double.POSITIVE_INFINITY;
  private static final double TOLERANCE = 1e-14;

  @ParameterizedTest
  @EnumSource
  void valuesAndSlopesAreThoseOfSixtyDigits(ActivationTable activation) {
    double[] x = Stream.of(activation.table).mapToDouble(row -> row[0]).toArray();
    double[] values = Calculation.elements(activation.function, x);
    double[] slopes = Calculation.gradient(activation.function, x);
    for (int i = 0; i < x.length; i++) {
      assertClose("value at " + x[i], activation.table[i][1], values[i], activation.floor);
      assertClose("slope at " + x[i], activation.table[i][2], slopes[i], activation.slopeFloor);
    }
  }

  private static void assertClose(String what, double expected, double got, double floor) {
    assertEquals(expected, got, TOLERANCE * Math.max(Math.abs(expected), floor), what);
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"LOGIT", "SIGMOID_OF_SLOPE"})
  void extremeInputsGiveTheLimits(ActivationTable activation) {
    assertArrayEquals(
        activation.limits,
        Calculation.elements(activation.function, -INFINITY, -1e3, 1e3, INFINITY, NaN));
    assertArrayEquals(activation.slopeLimits, Calculation.gradient(activation.function, -1e3, 1e3));
  }

  @ParameterizedTest
  @CsvSource({"RELU, 0", "LEAKY_RELU, 0.125", "ELU, 0.75"})
  void theSlopeAtTheKinkIsThatOfTheLeftSide(ActivationTable activation, double left) {
    assertArrayEquals(
        new double[] {left, left, left, 1},
        Calculation.gradient(activation.function, -1e-300, -0.0, 0, 1e-300));
    assertArrayEquals(new double[] {0}, Calculation.elements(activation.function, 0));
  }

  static Stream<Arguments> attributesThatAreNoNumbers() {
    return Stream.of(
        refused("alpha", NaN, x -> Elu.of(x, NaN)),
        refused("alpha", INFINITY, x -> LeakyRelu.of(x, INFINITY)),
        refused("k", NaN, x -> Linear.of(x, NaN)),
        refused("slope", NaN, x -> Sigmoid.of(x, NaN)),
        refused("value_at_zero", NaN, x -> Heaviside.of(x, NaN)),
        refused("value_at_zero", NaN, x -> Sign.of(x, NaN)));
  }

  private static Arguments refused(String attribute, double value, UnaryOperator<Value> function) {
    return arguments(attribute, value, function);
  }

  @ParameterizedTest
  @MethodSource("attributesThatAreNoNumbers")
  void anAttributeIsAFiniteNumber(String attribute, double got, UnaryOperator<Value> function) {
    assertThatThrownBy(() -> Calculation.elements(function, 1))
        .isInstanceOf(GraphException.BadAttribute.class)
        .hasMessageContaining("'" + attribute + "' is a finite number, got " + got);
  }
}
