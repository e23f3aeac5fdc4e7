package io.deltagraph.losses;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.deltagraph.graph.Op;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.testkit.Case;
import io.deltagraph.testkit.OpContract;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HingeTest implements OpContract {
  @Override
  public Op<?> op() {
    return new Hinge();
  }

  @Override
  public List<Case> cases() {
    return Stream.of(
            Case.of("[N, 3]", "[N, 3]"),
            Case.of("[2, 3]", "[2, 3]"),
            Case.of("[1, 1]", "[1, 1]"),
            Case.of("[2, 1, 3]", "[2, 1, 3]"),
            Case.of("[0, 3]", "[0, 3]").with("reduction", "sum"),
            Case.of("[N, 3]", "[N, 3]").with("reduction", "sum"),
            Case.of("[N, 3]", "[N, 3]").with("reduction", "mean"),
            Case.of("[N, 3]", "[N, 3]").with("reduction", "mean_all"),
            Case.of("[]", "[]"),
            Case.of("[4]", "[4]"))
        .map(c ->
            c.sampling(
                1, (type, random) -> Tensor.generate(type, i -> random.nextBoolean() ? 1 : -1)))
        .toList();
  }

  @Override
  public List<Case> refusals() {
    return List.of(
        Case.of("[N, 3]", "[N, 1]"),
        Case.of("[4]", "[4, 1]"),
        Case.of("[4, 3]", "[3]"),
        Case.of("[2]", "[2]").with("reduction", "average"));
  }

  /** {@code −t if t z < 1 else 0} (003). */
  @Test
  void valuesAndGradientsAreThoseOfTheFormula() {
    Losses.assertFormula(
        Hinge::of,
        (z, t) -> Math.max(0, 1 - t * z),
        (z, t) -> t * z < 1 ? -t : 0,
        (z, t) -> t * z < 1 ? -z : 0,
        Tensor.matrix(new double[] {0.5, -2, 3}, new double[] {1.25, 0, -4}),
        Tensor.matrix(new double[] {1, -1, -1}, new double[] {-1, 1, 1}));
  }

  @Test
  void theUsualReductionIsMean() {
    Losses.assertSame(
        Hinge::of,
        (a, t) -> Hinge.of(a, t, LossReduction.MEAN),
        Tensor.matrix(new double[] {0.5, -2, 3}, new double[] {1.25, 0, -4}),
        Tensor.matrix(new double[] {1, -1, -1}, new double[] {-1, 1, 1}));
  }

  /** On the left of the kink the slope is −t, at it and on the right 0. */
  @Test
  void theGradientAtTheKinkIsZero() {
    assertArrayEquals(
        new double[] {-1, 0, 0, 1, 0, 0},
        Losses.gradients(
                (z, t) -> Hinge.of(z, t, LossReduction.SUM),
                Tensor.vector(
                    Math.nextDown(1.0),
                    1,
                    Math.nextUp(1.0),
                    Math.nextUp(-1.0),
                    -1,
                    Math.nextDown(-1.0)),
                Tensor.vector(1, 1, 1, -1, -1, -1))
            .get(0)
            .toDoubles(),
        Double.MIN_VALUE);
  }

  @Test
  void extremeOutputsGiveTheLimits() {
    assertEquals(1001, Losses.value(Hinge::of, Tensor.vector(1e3), Tensor.vector(-1)));
    assertEquals(0, Losses.value(Hinge::of, Tensor.vector(1e3), Tensor.vector(1)));
    assertEquals(
        0, Losses.value(Hinge::of, Tensor.vector(Double.POSITIVE_INFINITY), Tensor.vector(1)));
    assertEquals(
        Double.POSITIVE_INFINITY,
        Losses.value(Hinge::of, Tensor.vector(Double.POSITIVE_INFINITY), Tensor.vector(-1)));
    assertEquals(Double.NaN, Losses.value(Hinge::of, Tensor.vector(Double.NaN), Tensor.vector(1)));
  }
}
