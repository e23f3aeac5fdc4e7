package io.deltagraph.report.lecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.deltagraph.random.Seeds;
import io.deltagraph.registry.OpRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each moment of the perceptron's page against the rule of the lecture, by hand. */
class PerceptronPageTest {
  private static final double RATE = 0.25;

  private static final Points POINTS =
      Points.clouds(
          Seeds.of(2).stream(),
          new int[] {6, 6},
          new double[] {-0.6, -0.6},
          new double[] {0.9, 0.7},
          0.5);

  @Test
  void everyMomentFollowsFromTheOneBeforeByTheRule() {
    List<PerceptronPage.Moment> moments =
        PerceptronPage.moments(OpRegistry.load(), POINTS, Seeds.of(2), RATE);
    int moves = 0;
    for (int i = 0; i + 1 < moments.size(); i++) {
      PerceptronPage.Moment now = moments.get(i);
      PerceptronPage.Moment next = moments.get(i + 1);
      assertThat(now.row()).isEqualTo(i % POINTS.all().size());
      Points.Point point = POINTS.all().get(now.row());
      double z = now.w1() * point.x() + now.w2() * point.y() + now.b();
      int says = z < 0 ? 0 : 1;
      double step = RATE * (point.kind() - says);
      assertThat(next.w1()).isCloseTo(now.w1() + step * point.x(), within(1e-12));
      assertThat(next.w2()).isCloseTo(now.w2() + step * point.y(), within(1e-12));
      assertThat(next.b()).isCloseTo(now.b() + step, within(1e-12));
      assertThat(now.isWrong(point)).isEqualTo(step != 0);
      assertThat(now.distance(point) * Math.sqrt(now.w1() * now.w1() + now.w2() * now.w2()))
          .isCloseTo(z, within(1e-12));
      moves += step == 0 ? 0 : 1;
    }
    assertThat(moves).isGreaterThan(3);
    assertThat(PerceptronPage.wrong(moments.getFirst(), POINTS)).isPositive();
    assertThat(PerceptronPage.wrong(moments.getLast(), POINTS)).isZero();
  }
}
