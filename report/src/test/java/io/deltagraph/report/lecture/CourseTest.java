package io.deltagraph.report.lecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.deltagraph.models.Initialiser;
import io.deltagraph.models.Layer;
import io.deltagraph.models.Network;
import io.deltagraph.models.NetworkPlan;
import io.deltagraph.optimizers.GradientDescent;
import io.deltagraph.random.Seeds;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.training.Samples;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Moments of a training against loops that know linear regression alone. */
class CourseTest {
  private static final TensorType COLUMN = TensorType.of(DType.F64, 5, 1);
  private static final double[] X = {-1, -0.5, 0.25, 1, 2};
  private static final double[] Y = {0.3, -1, 0.5, 2, 2.5};
  private static final double RATE = 0.1;

  @Test
  void theMomentsAreThoseOfStepsInTheOrderThatTheSeedGives() {
    for (int batch : new int[] {1, 2, 5}) {
      Seeds seeds = Seeds.of(4);
      Network network =
          Network.build(
              NetworkPlan.linearRegression(1, DType.F64)
                  .initialised(new Initialiser.Uniform(0.5, 1)),
              OpRegistry.load(),
              seeds);
      Layer line = network.layers().getFirst();
      List<Course.Moment> moments =
          Course.of(
              network,
              new GradientDescent(RATE),
              new Samples(Tensor.of(COLUMN, X), Tensor.of(COLUMN, Y)),
              batch,
              7,
              step -> step % 2 == 0,
              seeds);
      assertThat(moments).extracting(Course.Moment::steps).containsExactly(0, 2, 4, 6);
      double w = moments.getFirst().parameter(line.weights()).get(0);
      double b = 0;
      int perEpoch = (5 + batch - 1) / batch;
      for (int step = 0; step < 6; step++) {
        int[] order = seeds.derive("order", step / perEpoch).stream().permutation(5);
        int from = step % perEpoch * batch;
        int to = Math.min(5, from + batch);
        double slope = 0;
        double constant = 0;
        for (int i = from; i < to; i++) {
          double error = w * X[order[i]] + b - Y[order[i]];
          slope += error * X[order[i]] / (to - from);
          constant += error / (to - from);
        }
        w -= RATE * slope;
        b -= RATE * constant;
        if (step % 2 == 1) {
          Course.Moment moment = moments.get((step + 1) / 2);
          assertThat(moment.parameter(line.weights()).get(0)).isCloseTo(w, within(1e-12));
          assertThat(moment.parameter(line.bias()).get(0)).isCloseTo(b, within(1e-12));
        }
      }
    }
  }

  @Test
  void theLastStepIsAlwaysAmongThoseSpreadOut() {
    var kept = KeptSteps.spread(500, 40);
    long count = java.util.stream.IntStream.rangeClosed(1, 500).filter(kept).count();
    assertThat(count).isBetween(35L, 40L);
    assertThat(kept.test(1)).isTrue();
    assertThat(kept.test(500)).isTrue();
  }
}
