package io.deltagraph.losses;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.deltagraph.graph.Op;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.testkit.Case;
import io.deltagraph.testkit.Extremes;
import io.deltagraph.testkit.OpContract;
import java.util.List;
import org.junit.jupiter.api.Test;

class SupremumTest implements OpContract {
  @Override
  public Op<?> op() {
    return new Supremum();
  }

  @Override
  public Extremes extremes() {
    return Extremes.exact().similarSizes("errors that round to the same size tie");
  }

  @Override
  public List<Case> cases() {
    return List.of(
        Case.of("[N, 3]", "[N, 3]"),
        Case.of("[2, 3]", "[2, 3]"),
        Case.of("[]", "[]"),
        Case.of("[5]", "[5]"),
        Case.of("[2, 1, 2]", "[2, 1, 2]"));
  }

  @Override
  public List<Case> refusals() {
    return List.of(Case.of("[N, 3]", "[N, 1]"), Case.of("[4]", "[4, 1]"));
  }

  private static final Tensor OUTPUTS =
      Tensor.matrix(new double[] {0.5, -2, 3}, new double[] {1.25, 0, -4});
  private static final Tensor TARGETS =
      Tensor.matrix(new double[] {1, -1, 3.5}, new double[] {-2, 0.75, 4});

  /**
   * The largest error is that of −4 against 4; 003 eq. 17 has no absolute value and would give
   * 3.25.
   */
  @Test
  void isTheLargestErrorOfEitherSign() {
    assertEquals(8, Losses.value(Supremum::of, OUTPUTS, TARGETS));
    List<Tensor> gradients = Losses.gradients(Supremum::of, OUTPUTS, TARGETS);
    assertArrayEquals(new double[] {0, 0, 0, 0, 0, -1}, gradients.get(0).toDoubles());
    assertArrayEquals(
        new double[] {0, 0, 0, 0, 0, 1}, gradients.get(1).toDoubles(), Double.MIN_VALUE);
  }

  @Test
  void tiesShareTheGradient() {
    List<Tensor> gradients =
        Losses.gradients(Supremum::of, Tensor.vector(3, -3, 1, 3), Tensor.vector(0, 0, 0, 0));
    double third = 1 / 3.0;
    assertArrayEquals(new double[] {third, -third, 0, third}, gradients.get(0).toDoubles(), 1e-16);
  }

  @Test
  void theGradientIsZeroWhereAllIsEqual() {
    Tensor x = Tensor.vector(1, 2);
    assertEquals(0, Losses.value(Supremum::of, x, x));
    Losses.gradients(Supremum::of, x, x)
        .forEach(
            gradient -> assertArrayEquals(new double[2], gradient.toDoubles(), Double.MIN_VALUE));
  }

  @Test
  void extremeOutputsGiveTheLimits() {
    assertEquals(2e3, Losses.value(Supremum::of, Tensor.vector(1e3, 2), Tensor.vector(-1e3, 2)));
    assertEquals(
        Double.POSITIVE_INFINITY,
        Losses.value(
            Supremum::of, Tensor.vector(Double.POSITIVE_INFINITY, 0), Tensor.vector(0, 0)));
    assertEquals(
        Double.NaN, Losses.value(Supremum::of, Tensor.vector(Double.NaN, 7), Tensor.vector(0, 0)));
  }
}
