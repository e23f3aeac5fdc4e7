package io.deltagraph.activations;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.deltagraph.graph.Op;
import io.deltagraph.testkit.OpContract;
import org.junit.jupiter.api.Test;

class LogSigmoidTest implements OpContract {
  /** x, the value and the slope, to 60 digits and rounded once. */
  private static final double[][] TABLE = {
    {-50, -50, 1},
    {-20, -20.000000002061153, 0.9999999979388464},
    {-5, -5.006715348489118, 0.9933071490757152},
    {-1.5, -1.7014132779827524, 0.8175744761936437},
    {-0.25, -0.8259394198788436, 0.5621765008857981},
    {0.25, -0.5759394198788436, 0.4378234991142019},
    {1.5, -0.2014132779827524, 0.18242552380635635},
    {5, -0.006715348489118068, 0.0066928509242848554},
    {20, -2.061153620314381E-09, 2.0611536181902037E-09},
    {50, -1.9287498479639178E-22, 1.9287498479639178E-22}
  };

  @Override
  public Op<?> op() {
    return new LogSigmoid();
  }

  @Test
  void valuesAndSlopesAreThoseOfSixtyDigits() {
    Applied.assertTable(LogSigmoid::of, TABLE, 0, 0);
  }

  @Test
  void extremeInputsGiveTheLimits() {
    assertArrayEquals(
        new double[] {Double.NEGATIVE_INFINITY, -1000, 0, 0, Double.NaN},
        Applied.values(
            LogSigmoid::of,
            Double.NEGATIVE_INFINITY,
            -1e3,
            1e3,
            Double.POSITIVE_INFINITY,
            Double.NaN));
    assertArrayEquals(new double[] {1, 0}, Applied.slopes(LogSigmoid::of, -1e3, 1e3));
  }

  @Test
  void isSmoothAtZeroWhereItsTwoTermsHaveKinks() {
    assertArrayEquals(new double[] {0.5, 0.5}, Applied.slopes(LogSigmoid::of, 0.0, -0.0));
  }
}
