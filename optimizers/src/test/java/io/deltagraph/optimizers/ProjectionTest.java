package io.deltagraph.optimizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.Value;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.runtime.Evaluate;
import io.deltagraph.runtime.Session;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Projections are inside, nearest and without effect on what is inside. */
class ProjectionTest {

  enum Ball {
    L1 {
      @Override
      Projection onto(double radius) {
        return Projection.ontoL1Ball(radius);
      }

      @Override
      double norm(double[] w) {
        return Arrays.stream(w).map(Math::abs).sum();
      }
    },
    L2 {
      @Override
      Projection onto(double radius) {
        return Projection.ontoL2Ball(radius);
      }

      @Override
      double norm(double[] w) {
        return Math.sqrt(Arrays.stream(w).map(x -> x * x).sum());
      }
    };

    abstract Projection onto(double radius);

    abstract double norm(double[] w);
  }

  private static Tensor project(Projection projection, Tensor tensor) {
    GraphBuilder builder = new GraphBuilder(OpRegistry.load());
    Value w = builder.input("w", tensor.type());
    return Evaluate.value(projection.of(w), Map.of("w", tensor));
  }

  private static double[] random(Random random, int size, double scale) {
    return random.doubles(size).map(x -> scale * (2 * x - 1)).toArray();
  }

  @ParameterizedTest
  @EnumSource(Ball.class)
  void isInsideNearestAndIdempotent(Ball ball) {
    for (long seed = 1; seed <= 25; seed++) {
      Random random = new Random(seed);
      int size = 2 + random.nextInt(9);
      double radius = 0.25 + random.nextDouble();
      double[] w = random(random, size, Math.pow(10, random.nextInt(4)));
      Tensor from = Tensor.vector(w);
      Tensor projected = project(ball.onto(radius), from);
      double[] x = projected.toDoubles();
      String replay = ball + " seed " + seed;
      assertThat(ball.norm(x)).as(replay).isLessThanOrEqualTo(radius);
      assertThat(project(ball.onto(radius), projected).bitEquals(projected)).as(replay).isTrue();
      if (ball.norm(w) <= radius) {
        assertThat(projected.bitEquals(from)).as(replay).isTrue();
      } else {
        assertThat(ball.norm(x)).as(replay).isCloseTo(radius, within(1e-13));
      }
      // x is the nearest point just if (w − x)·(y − x) ≤ 0 for every y inside.
      for (int i = 0; i < 200; i++) {
        double[] y = random(random, size, 1);
        double norm = ball.norm(y);
        double length = radius * (i % 2 == 0 ? 1 : random.nextDouble()) / norm;
        assertThat(angle(w, x, Arrays.stream(y).map(e -> e * length).toArray()))
            .as(replay)
            .isLessThanOrEqualTo(1e-12 * ball.norm(w));
      }
      for (int i = 0; i < 2 * size; i++) {
        double[] corner = new double[size];
        corner[i / 2] = i % 2 == 0 ? radius : -radius;
        assertThat(angle(w, x, corner)).as(replay).isLessThanOrEqualTo(1e-12 * ball.norm(w));
      }
    }
  }

  private static double angle(double[] w, double[] x, double[] y) {
    double sum = 0;
    for (int i = 0; i < w.length; i++) {
      sum += (w[i] - x[i]) * (y[i] - x[i]);
    }
    return sum;
  }

  @Test
  void anotherPointOfTheBoundaryIsNoticed() {
    double[] w = {3, 1};
    // Scaling is the nearest point for the norm 2, not for the norm 1.
    double[] scaled = {0.75, 0.25};
    assertThat(angle(w, scaled, new double[] {1, 0})).isGreaterThan(0.1);
  }

  /** θ by bisection of {@code Σ max(|w| − θ, 0) = radius}: no sorting. */
  @Test
  void l1AgreesWithBisection() {
    for (long seed = 1; seed <= 20; seed++) {
      double[] w = random(new Random(seed), 30, 5);
      double low = 0;
      double high = 5;
      for (int i = 0; i < 200; i++) {
        double middle = (low + high) / 2;
        double sum = Arrays.stream(w).map(x -> Math.max(Math.abs(x) - middle, 0)).sum();
        if (sum > 2) {
          low = middle;
        } else {
          high = middle;
        }
      }
      double theta = low;
      double[] expected =
          Arrays.stream(w).map(x -> Math.signum(x) * Math.max(Math.abs(x) - theta, 0)).toArray();
      assertThat(project(Projection.ontoL1Ball(2), Tensor.vector(w)).toDoubles())
          .as("seed %d", seed)
          .containsExactly(expected, within(1e-13));
    }
  }

  @Test
  void worksOnMatricesWithTiesAndZeros() {
    Tensor tied = Tensor.matrix(new double[] {1, -1, 0}, new double[] {1, -0.0, -1});
    assertThat(project(Projection.ontoL1Ball(2), tied).toDoubles())
        .containsExactly(new double[] {0.5, -0.5, 0, 0.5, 0, -0.5}, within(1e-14));
    assertThat(project(Projection.ontoL2Ball(1), tied).toDoubles())
        .containsExactly(new double[] {0.5, -0.5, 0, 0.5, 0, -0.5}, within(1e-14));
    Tensor zero = Tensor.zeros(TensorType.of(DType.F64, 2, 3));
    assertThat(project(Projection.ontoL1Ball(1), zero).bitEquals(zero)).isTrue();
    assertThat(project(Projection.ontoL2Ball(1), zero).bitEquals(zero)).isTrue();
  }

  @ParameterizedTest
  @EnumSource(Ball.class)
  void staysAtTheBoundAndInF32(Ball ball) {
    Tensor bound = Tensor.vector(0, -0.0, ball == Ball.L1 ? -1 : 1);
    assertThat(project(ball.onto(1), bound).bitEquals(bound)).isTrue();
    TensorType type = TensorType.of(DType.F32, 1000);
    Random random = new Random(7);
    Tensor large = Tensor.generate(type, i -> 1e6 * random.nextGaussian());
    Tensor projected = project(ball.onto(1), large);
    assertThat(ball.norm(projected.toDoubles())).isCloseTo(1, within(1e-5)).isLessThanOrEqualTo(1);
    assertThat(project(ball.onto(1), projected).bitEquals(projected)).isTrue();
  }

  @Test
  void projectsNewValuesButNotState() {
    Optimizer optimizer =
        Projection.ontoL2Ball(1).after(new Sgd(0.05, 0.9), p -> p.type().rank() > 1);
    assertThat(optimizer.name()).isEqualTo("sgd");
    Problem.Start start = Problem.VALLEYS.start(optimizer, DType.F64);
    try (Session session = start.open(1)) {
      boolean left = false;
      for (int i = 0; i < 20; i++) {
        session.run(Map.of());
        double[] all = Problem.parameters(session);
        assertThat(Ball.L2.norm(Arrays.copyOf(all, 4))).isLessThanOrEqualTo(1);
        left |= Ball.L2.norm(Arrays.copyOfRange(all, 4, 7)) > 1;
        left |= Ball.L2.norm(session.get("layer1.weight/sgd.velocity").toDoubles()) > 1;
      }
      assertThat(left).as("the bias and the velocity are free").isTrue();
    }
  }

  @Test
  void refusesARadiusThatIsNone() {
    assertThatThrownBy(() -> Projection.ontoL1Ball(0)).hasMessageContaining("option radius");
    assertThatThrownBy(() -> Projection.ontoL2Ball(Double.POSITIVE_INFINITY))
        .hasMessageContaining("option radius");
  }
}
