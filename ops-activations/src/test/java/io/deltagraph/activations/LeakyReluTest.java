package io.deltagraph.activations;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.deltagraph.graph.GraphException;
import io.deltagraph.graph.Op;
import io.deltagraph.testkit.Case;
import io.deltagraph.testkit.OpContract;
import java.util.List;
import org.junit.jupiter.api.Test;

class LeakyReluTest implements OpContract {
  /** x, the value and the slope, to 60 digits and rounded once. */
  private static final double[][] TABLE = {
    {-50, -6.25, 0.125},
    {-20, -2.5, 0.125},
    {-5, -0.625, 0.125},
    {-1.5, -0.1875, 0.125},
    {-0.25, -0.03125, 0.125},
    {0.25, 0.25, 1},
    {1.5, 1.5, 1},
    {5, 5, 1},
    {20, 20, 1},
    {50, 50, 1}
  };

  @Override
  public Op<?> op() {
    return new LeakyRelu();
  }

  @Override
  public List<Case> cases() {
    return Applied.with(
        OpContract.super.cases(),
        Case.of("[N, 3]").with("alpha", 0.3),
        Case.of("[4]").with("alpha", -0.5));
  }

  @Test
  void valuesAndSlopesAreThoseOfSixtyDigits() {
    Applied.assertTable(x -> LeakyRelu.of(x, 0.125), TABLE, 0, 0);
  }

  @Test
  void extremeInputsGiveTheLimits() {
    assertArrayEquals(
        new double[] {Double.NEGATIVE_INFINITY, -125, 1000, Double.POSITIVE_INFINITY, Double.NaN},
        Applied.values(
            x -> LeakyRelu.of(x, 0.125),
            Double.NEGATIVE_INFINITY,
            -1e3,
            1e3,
            Double.POSITIVE_INFINITY,
            Double.NaN));
    assertArrayEquals(
        new double[] {0.125, 1}, Applied.slopes(x -> LeakyRelu.of(x, 0.125), -1e3, 1e3));
  }

  @Test
  void theSlopeAtTheKinkIsThatOfTheLeftSide() {
    assertArrayEquals(
        new double[] {0.125, 0.125, 0.125, 1},
        Applied.slopes(x -> LeakyRelu.of(x, 0.125), -1e-300, -0.0, 0, 1e-300));
    assertArrayEquals(new double[] {0}, Applied.values(x -> LeakyRelu.of(x, 0.125), 0));
  }

  @Test
  void theSlopeOnTheLeftIsOneHundredthUnlessAnotherIsGiven() {
    assertArrayEquals(new double[] {-0.01, 1}, Applied.values(x -> x.op("leaky_relu"), -1, 1));
  }

  @Test
  void anInfiniteSlopeIsRefused() {
    assertThatThrownBy(() -> Applied.values(x -> LeakyRelu.of(x, Double.POSITIVE_INFINITY), 1))
        .isInstanceOf(GraphException.BadAttribute.class)
        .hasMessageContaining("'alpha' is a finite number, got Infinity");
  }
}
