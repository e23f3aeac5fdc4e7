package io.deltagraph.activations;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.deltagraph.graph.GraphException;
import io.deltagraph.graph.Op;
import io.deltagraph.testkit.Case;
import io.deltagraph.testkit.OpContract;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinearTest implements OpContract {
  /** x, the value and the slope, to 60 digits and rounded once. */
  private static final double[][] TABLE = {
    {-50, 125, -2.5},
    {-20, 50, -2.5},
    {-5, 12.5, -2.5},
    {-1.5, 3.75, -2.5},
    {-0.25, 0.625, -2.5},
    {0.25, -0.625, -2.5},
    {1.5, -3.75, -2.5},
    {5, -12.5, -2.5},
    {20, -50, -2.5},
    {50, -125, -2.5}
  };

  @Override
  public Op<?> op() {
    return new Linear();
  }

  @Override
  public List<Case> cases() {
    return Applied.with(
        OpContract.super.cases(), Case.of("[N, 3]").with("k", 2.5), Case.of("[4]").with("k", -0.5));
  }

  @Test
  void valuesAndSlopesAreThoseOfSixtyDigits() {
    Applied.assertTable(x -> Linear.of(x, -2.5), TABLE, 0, 0);
  }

  @Test
  void extremeInputsGiveTheLimits() {
    assertArrayEquals(
        new double[] {Double.POSITIVE_INFINITY, 2500, -2500, Double.NEGATIVE_INFINITY, Double.NaN},
        Applied.values(
            x -> Linear.of(x, -2.5),
            Double.NEGATIVE_INFINITY,
            -1e3,
            1e3,
            Double.POSITIVE_INFINITY,
            Double.NaN));
    assertArrayEquals(
        new double[] {-2.5, -2.5}, Applied.slopes(x -> Linear.of(x, -2.5), -1e3, 1e3));
  }

  @Test
  void anInfiniteSlopeIsRefused() {
    assertThatThrownBy(() -> Applied.values(x -> Linear.of(x, Double.NaN), 1))
        .isInstanceOf(GraphException.BadAttribute.class)
        .hasMessageContaining("'k' is a finite number, got NaN");
  }
}
