package io.deltagraph.activations;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.deltagraph.graph.GraphException;
import io.deltagraph.graph.Op;
import io.deltagraph.testkit.Case;
import io.deltagraph.testkit.OpContract;
import java.util.List;
import org.junit.jupiter.api.Test;

class SigmoidTest implements OpContract {
  /** x, the value and the slope, to 60 digits and rounded once. */
  private static final double[][] TABLE = {
    {-50, 1.9287498479639178E-22, 1.9287498479639178E-22},
    {-20, 2.0611536181902037E-09, 2.061153613941849E-09},
    {-5, 0.0066928509242848554, 0.006648056670790155},
    {-1.5, 0.18242552380635635, 0.14914645207033286},
    {-0.25, 0.4378234991142019, 0.24613408273759835},
    {0.25, 0.5621765008857981, 0.24613408273759835},
    {1.5, 0.8175744761936437, 0.14914645207033286},
    {5, 0.9933071490757152, 0.006648056670790155},
    {20, 0.9999999979388464, 2.061153613941849E-09},
    {50, 1, 1.9287498479639178E-22}
  };

  @Override
  public Op<?> op() {
    return new Sigmoid();
  }

  @Override
  public List<Case> cases() {
    return Applied.with(
        OpContract.super.cases(),
        Case.of("[N, 3]").with("slope", 2.5),
        Case.of("[4]").with("slope", -0.5));
  }

  @Test
  void valuesAndSlopesAreThoseOfSixtyDigits() {
    Applied.assertTable(Sigmoid::of, TABLE, 0, 1);
  }

  @Test
  void extremeInputsGiveTheLimits() {
    assertArrayEquals(
        new double[] {0, 0, 1, 1, Double.NaN},
        Applied.values(
            Sigmoid::of,
            Double.NEGATIVE_INFINITY,
            -1e3,
            1e3,
            Double.POSITIVE_INFINITY,
            Double.NaN));
    assertArrayEquals(new double[] {0, 0}, Applied.slopes(Sigmoid::of, -1e3, 1e3));
  }

  @Test
  void theSlopeScalesTheInput() {
    double c = 2.5;
    double[][] table = {
      {-8, 2.0611536181902037E-09, 5.152884034854623E-09},
      {-0.5, 0.22270013882530884, 0.43276196748124257},
      {0, 0.5, 0.625},
      {0.5, 0.7772998611746912, 0.43276196748124257},
      {8, 0.9999999979388464, 5.152884034854623E-09}
    };
    Applied.assertTable(x -> Sigmoid.of(x, c), table, 0, 1);
  }

  /** c → ∞ gives the step but for 0, where it is ½ (003 eq. 10). */
  @Test
  void aSteepSlopeIsAStepWithHalfAtZero() {
    assertArrayEquals(
        new double[] {0, 0.5, 1}, Applied.values(x -> Sigmoid.of(x, 1e6), -0.01, 0, 0.01));
  }

  @Test
  void anInfiniteSlopeIsRefused() {
    assertThatThrownBy(() -> Applied.values(x -> Sigmoid.of(x, Double.NaN), 1))
        .isInstanceOf(GraphException.BadAttribute.class)
        .hasMessageContaining("'slope' is a finite number, got NaN");
  }
}
