package io.deltagraph.report.lecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.deltagraph.registry.OpRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The way of the marks against the derivative that is worked out by hand (000 §4.2). */
class GradientDescentPageTest {
  @Test
  void everyMarkStepsAgainstTheDerivative() {
    double[] starts = {-7.5, -3, -0.2, 1.4, 6.1};
    double rate = 0.2;
    List<GradientDescentPage.Moment> moments =
        GradientDescentPage.moments(OpRegistry.load(), starts, rate);
    double[] x = starts.clone();
    for (GradientDescentPage.Moment moment : moments) {
      for (int i = 0; i < x.length; i++) {
        double sigma = 1 / (1 + Math.exp(-x[i]));
        double slope = sigma * (1 - sigma) + Math.cos(x[i]) - Math.sin(2 * x[i]);
        assertThat(moment.x[i]).isCloseTo(x[i], within(1e-10));
        assertThat(moment.slope[i]).isCloseTo(slope, within(1e-10));
        assertThat(moment.height[i])
            .isCloseTo(sigma + Math.sin(x[i]) + Math.cos(x[i]) * Math.cos(x[i]), within(1e-10));
        assertThat(GradientDescentPage.curve(x[i])).isCloseTo(moment.height[i], within(1e-10));
        x[i] -= rate * slope;
      }
    }
    assertThat(moments).hasSize(41);
    assertThat(moments.getLast().resting()).isEqualTo(starts.length);
  }
}
