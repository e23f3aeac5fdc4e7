package io.deltagraph.activations;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.GraphException;
import io.deltagraph.graph.Op;
import io.deltagraph.graph.Value;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.runtime.Evaluate;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.testkit.Case;
import io.deltagraph.testkit.OpContract;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.util.List;
import java.util.Map;
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

  /** The lower tail ends where numbers end, not where {@code e^−x} overflows. */
  @Test
  void theLowerTailLosesItsDigitsGradually() {
    assertArrayEquals(
        new double[] {4.947061357598873e-309, 2.0322308024e-313, Double.MIN_VALUE},
        Applied.values(Sigmoid::of, -709.9, -720, -744.5),
        4 * Double.MIN_VALUE);
  }

  @Test
  void floatsAreRightToTwoUnitsInTheLastPlace() {
    Tensor x =
        Tensor.generate(
            TensorType.of(DType.F32, 1 << 17),
            i -> -105 + i * (125.0f / (1 << 17)) + 1e-4f * (i % 7));
    GraphBuilder builder = new GraphBuilder(OpRegistry.load());
    Value y = Sigmoid.of(builder.input("x", x.type()));
    Tensor values = Evaluate.values(List.of(y), Map.of("x", x)).getFirst();
    for (int i = 0; i < x.length(); i++) {
      double power = Math.exp(-Math.abs(x.get(i)));
      double exact = (x.get(i) < 0 ? power : 1) / (1 + power);
      assertEquals(exact, values.get(i), 2 * Math.ulp((float) exact), "at " + x.get(i));
    }
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
