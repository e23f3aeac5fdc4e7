package io.deltagraph.activations;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.deltagraph.graph.GraphException;
import io.deltagraph.graph.Op;
import io.deltagraph.testkit.Case;
import io.deltagraph.testkit.OpContract;
import java.util.List;
import org.junit.jupiter.api.Test;

class EluTest implements OpContract {
  /** x, the value and the slope, to 60 digits and rounded once. */
  private static final double[][] TABLE = {
    {-50, -0.75, 1.4465623859729383E-22},
    {-20, -0.7499999984541348, 1.5458652168289183E-09},
    {-5, -0.7449465397506859, 0.005053460249314101},
    {-1.5, -0.5826523798886776, 0.16734762011132237},
    {-0.25, -0.16589941269644634, 0.5841005873035536},
    {0.25, 0.25, 1},
    {1.5, 1.5, 1},
    {5, 5, 1},
    {20, 20, 1},
    {50, 50, 1}
  };

  @Override
  public Op<?> op() {
    return new Elu();
  }

  @Override
  public List<Case> cases() {
    return Applied.with(
        OpContract.super.cases(),
        Case.of("[N, 3]").with("alpha", 0.3),
        Case.of("[4]").with("alpha", 2.0));
  }

  @Test
  void valuesAndSlopesAreThoseOfSixtyDigits() {
    Applied.assertTable(x -> Elu.of(x, 0.75), TABLE, 0, 0);
  }

  @Test
  void extremeInputsGiveTheLimits() {
    assertArrayEquals(
        new double[] {-0.75, -0.75, 1000, Double.POSITIVE_INFINITY, Double.NaN},
        Applied.values(
            x -> Elu.of(x, 0.75),
            Double.NEGATIVE_INFINITY,
            -1e3,
            1e3,
            Double.POSITIVE_INFINITY,
            Double.NaN));
    assertArrayEquals(new double[] {0, 1}, Applied.slopes(x -> Elu.of(x, 0.75), -1e3, 1e3));
  }

  @Test
  void theSlopeAtTheKinkIsThatOfTheLeftSide() {
    assertArrayEquals(
        new double[] {0.75, 0.75, 0.75, 1},
        Applied.slopes(x -> Elu.of(x, 0.75), -1e-300, -0.0, 0, 1e-300));
    assertArrayEquals(new double[] {0}, Applied.values(x -> Elu.of(x, 0.75), 0));
  }

  @Test
  void anInfiniteDepthIsRefused() {
    assertThatThrownBy(() -> Applied.values(x -> Elu.of(x, Double.NaN), 1))
        .isInstanceOf(GraphException.BadAttribute.class)
        .hasMessageContaining("'alpha' is a finite number, got NaN");
  }

  @Test
  void theDepthIsOneUnlessAnotherIsGiven() {
    assertArrayEquals(new double[] {-1}, Applied.values(x -> x.op("elu"), -1e3));
  }
}
