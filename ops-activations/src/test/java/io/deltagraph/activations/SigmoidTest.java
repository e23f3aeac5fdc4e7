package io.deltagraph.activations;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.deltagraph.graph.Op;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.testkit.Calculation;
import io.deltagraph.testkit.Case;
import io.deltagraph.testkit.Extremes;
import io.deltagraph.testkit.OpContract;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SigmoidTest implements OpContract {
  @Override
  public Op<?> op() {
    return new Sigmoid();
  }

  @Override
  public Extremes extremes() {
    return Extremes.exact().gradientWithin(1, "1 − y has the rounding of y");
  }

  @Override
  public List<Case> cases() {
    return Stream.concat(
            OpContract.super.cases().stream(),
            Stream.of(Case.of("[N, 3]").with("slope", 2.5), Case.of("[4]").with("slope", -0.5)))
        .toList();
  }

  /** The lower tail ends where numbers end, not where {@code e^−x} overflows. */
  @Test
  void theLowerTailLosesItsDigitsGradually() {
    assertArrayEquals(
        new double[] {4.947061357598873e-309, 2.0322308024e-313, Double.MIN_VALUE},
        Calculation.elements(Sigmoid::of, -709.9, -720, -744.5),
        4 * Double.MIN_VALUE);
  }

  @Test
  void floatsAreRightToTwoUnitsInTheLastPlace() {
    Tensor x =
        Tensor.generate(
            TensorType.of(DType.F32, 1 << 17),
            i -> -105 + i * (125.0f / (1 << 17)) + 1e-4f * (i % 7));
    Tensor values = Calculation.value(v -> Sigmoid.of(v[0]), x);
    for (int i = 0; i < x.length(); i++) {
      double power = Math.exp(-Math.abs(x.get(i)));
      double exact = (x.get(i) < 0 ? power : 1) / (1 + power);
      assertEquals(exact, values.get(i), 2 * Math.ulp((float) exact), "at " + x.get(i));
    }
  }

  /** c → ∞ gives the step but for 0, where it is ½ (003 eq. 10). */
  @Test
  void aSteepSlopeIsAStepWithHalfAtZero() {
    assertArrayEquals(
        new double[] {0, 0.5, 1}, Calculation.elements(x -> Sigmoid.of(x, 1e6), -0.01, 0, 0.01));
  }
}
