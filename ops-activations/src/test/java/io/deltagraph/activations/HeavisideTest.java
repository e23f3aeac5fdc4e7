package io.deltagraph.activations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.deltagraph.graph.GraphException;
import io.deltagraph.graph.Op;
import io.deltagraph.testkit.OpContract;
import org.junit.jupiter.api.Test;

class HeavisideTest implements OpContract {
  /** x, the value and the slope, to 60 digits and rounded once. */
  private static final double[][] TABLE = {
    {-50, 0, 0},
    {-20, 0, 0},
    {-5, 0, 0},
    {-1.5, 0, 0},
    {-0.25, 0, 0},
    {0.25, 1, 0},
    {1.5, 1, 0},
    {5, 1, 0},
    {20, 1, 0},
    {50, 1, 0}
  };

  @Override
  public Op<?> op() {
    return new Heaviside();
  }

  @Test
  void valuesAndSlopesAreThoseOfSixtyDigits() {
    Applied.assertTable(Heaviside::of, TABLE, 0, 0);
  }

  @Test
  void extremeInputsGiveTheLimits() {
    assertArrayEquals(
        new double[] {0, 0, 1, 1, Double.NaN},
        Applied.values(
            Heaviside::of,
            Double.NEGATIVE_INFINITY,
            -1e3,
            1e3,
            Double.POSITIVE_INFINITY,
            Double.NaN));
    assertArrayEquals(new double[] {0, 0}, Applied.slopes(Heaviside::of, -1e3, 1e3));
  }

  @Test
  void theValueAtZeroIsOneUnlessAnotherIsGiven() {
    assertArrayEquals(new double[] {1, 1}, Applied.values(Heaviside::of, 0.0, -0.0));
    assertArrayEquals(new double[] {0.5}, Applied.values(x -> Heaviside.of(x, 0.5), 0.0));
    assertArrayEquals(
        new double[] {0, 1},
        Applied.values(x -> Heaviside.of(x, 0.5), -Double.MIN_VALUE, Double.MIN_VALUE));
  }

  @Test
  void theGradientIsReportedAsZeroWithTheReason() {
    assertThat(Applied.flat(Heaviside::of))
        .containsExactly(
            "heaviside: a step has the slope 0 on both sides; its derivative at 0 is an impulse");
  }

  @Test
  void anInfiniteValueAtZeroIsRefused() {
    assertThatThrownBy(() -> Applied.values(x -> Heaviside.of(x, Double.NaN), 1))
        .isInstanceOf(GraphException.BadAttribute.class)
        .hasMessageContaining("'value_at_zero' is a finite number, got NaN");
  }
}
