package io.deltagraph.activations;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.deltagraph.graph.Op;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.testkit.Calculation;
import io.deltagraph.testkit.OpContract;
import java.util.List;
import org.junit.jupiter.api.Test;

class PreluTest implements OpContract {
  private static final Tensor X =
      Tensor.matrix(new double[] {-2, 3, 0}, new double[] {4, -0.5, -8});
  private static final Tensor ALPHA = Tensor.vector(0.5, 0.25, -1);
  private static final Tensor SEED =
      Tensor.matrix(new double[] {1, 10, 100}, new double[] {1000, 2, 4});

  @Override
  public Op<?> op() {
    return new Prelu();
  }

  private static List<Tensor> gradients() {
    return Calculation.gradients(x -> Prelu.of(x[0], x[1]), SEED, X, ALPHA);
  }

  @Test
  void theSlopeBelowZeroBroadcasts() {
    Tensor y = Calculation.value(x -> Prelu.of(x[0], x[1]), X, ALPHA);
    assertArrayEquals(new double[] {-1, 3, 0, 4, -0.125, 8}, y.toDoubles());
  }

  /** At 0 it is the slope of the left side, here −1. */
  @Test
  void theGradientByTheInputIsTheSlopeOrOne() {
    assertArrayEquals(new double[] {0.5, 10, -100, 1000, 0.5, -4}, gradients().get(0).toDoubles());
  }

  /** {@code x if x < 0 else 0}, summed over the samples (003 eq. 9). */
  @Test
  void theGradientByTheSlopeCollectsTheNegativeInputs() {
    assertArrayEquals(new double[] {-2, -1, -32}, gradients().get(1).toDoubles());
  }

  /** {@code relu(x) − α relu(−x)} (003 eq. 9). */
  @Test
  void isMadeOfTwoRelus() {
    double[] x = {-3, -0.5, 0, 2};
    assertArrayEquals(
        Calculation.elements(v -> Relu.of(v).minus(Relu.of(v.negate()).times(0.3)), x),
        Calculation.elements(v -> Prelu.of(v, v.constant(0.3)), x));
  }

  @Test
  void extremeInputsGiveTheLimits() {
    assertArrayEquals(
        new double[] {Double.NEGATIVE_INFINITY, -250, 1e3, Double.POSITIVE_INFINITY, Double.NaN},
        Calculation.elements(
            v -> Prelu.of(v, v.constant(0.25)),
            Double.NEGATIVE_INFINITY,
            -1e3,
            1e3,
            Double.POSITIVE_INFINITY,
            Double.NaN));
  }
}
