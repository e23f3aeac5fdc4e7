package io.deltagraph.losses;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.deltagraph.graph.Op;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.testkit.Case;
import io.deltagraph.testkit.OpContract;
import java.util.List;
import org.junit.jupiter.api.Test;

class HingeTest implements OpContract {
  @Override
  public Op<?> op() {
    return new Hinge();
  }

  @Override
  public List<Case> cases() {
    return Losses.cases().stream()
        .map(c ->
            c.sampling(
                1, (type, random) -> Tensor.generate(type, i -> random.nextBoolean() ? 1 : -1)))
        .toList();
  }

  @Override
  public List<Case> refusals() {
    return Losses.refusals();
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
