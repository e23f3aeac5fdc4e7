package io.deltagraph.optimizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.Value;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.runtime.Session;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/** Schedules against their formulas at every step up to and past each boundary. */
class SchedulesTest {
  private static final int STEPS = 60;

  /** The rates at steps 1 to STEPS. */
  private static double[] rates(Schedule schedule) {
    GraphBuilder builder = new GraphBuilder(OpRegistry.load());
    Value step = builder.input("step", TensorType.scalar(DType.F64));
    double[] rates = new double[STEPS];
    Map<String, Value> outputs = Map.of("rate", schedule.at(step), "step", step);
    try (Session session = Session.open(builder.graph(outputs))) {
      for (int t = 1; t <= STEPS; t++) {
        Tensor rate =
            Objects.requireNonNull(session.run(Map.of("step", Tensor.scalar(t))).get("rate"));
        assertThat(rate.type()).isEqualTo(TensorType.scalar(DType.F64));
        rates[t - 1] = rate.item();
      }
    }
    return rates;
  }

  private static void follows(Schedule schedule, IntToDoubleFunction formula) {
    double[] rates = rates(schedule);
    for (int t = 1; t <= STEPS; t++) {
      double expected = formula.applyAsDouble(t);
      assertThat(rates[t - 1])
          .as("step %d", t)
          .isCloseTo(expected, within(1e-14 * Math.max(0.01, expected)));
    }
  }

  @Test
  void stepChangesAtTheBoundary() {
    double[] rates = rates(Schedules.step(0.8, 10, 0.5));
    assertThat(rates[0]).isEqualTo(0.8);
    assertThat(rates[9]).isEqualTo(0.8);
    assertThat(rates[10]).isEqualTo(0.4);
    assertThat(rates[19]).isEqualTo(0.4);
    assertThat(rates[20]).isEqualTo(0.2);
    assertThat(rates[59]).isEqualTo(0.025);
  }

  @Test
  void exponentialMultipliesAtEachStep() {
    double[] running = {0.3};
    follows(
        Schedules.exponential(0.3, 0.97),
        t -> {
          running[0] = t == 1 ? 0.3 : running[0] * 0.97;
          return running[0];
        });
  }

  @Test
  void inverseTime() {
    follows(Schedules.inverseTime(0.3, 0.5, 4), t -> 0.3 / (1 + 0.5 * (t - 1) / 4));
    assertThat(rates(Schedules.inverseTime(0.3, 1, 1))[1]).isEqualTo(0.15);
  }

  @Test
  void polynomialEndsAndStays() {
    follows(
        Schedules.polynomial(0.5, 0.1, 40, 2),
        t -> t > 40 ? 0.1 : 0.1 + 0.4 * (41 - t) * (41 - t) / 1600.0);
    double[] rates = rates(Schedules.polynomial(0.5, 0.1, 40, 2));
    assertThat(rates[39]).isGreaterThan(0.1);
    assertThat(rates[40]).isEqualTo(0.1);
    assertThat(rates[59]).isEqualTo(0.1);
  }

  @Test
  void linearFallsByEqualAmounts() {
    double[] rates = rates(Schedules.linear(1, 0, 50));
    for (int t = 2; t <= 51; t++) {
      assertThat(rates[t - 1]).isCloseTo(rates[t - 2] - 0.02, within(1e-15));
    }
    assertThat(rates[50]).isZero();
    assertThat(rates[59]).isZero();
  }

  @Test
  void cosineIsHalfWayInTheMiddle() {
    // 1 + cos(2x) = 2 cos²x is another road to the formula.
    follows(
        Schedules.cosine(0.5, 0.1, 40),
        t -> {
          double half = Math.cos(Math.PI / 2 * Math.min(t - 1, 40) / 40.0);
          return 0.1 + 0.4 * half * half;
        });
    double[] rates = rates(Schedules.cosine(0.5, 0.1, 40));
    assertThat(rates[0]).isEqualTo(0.5);
    assertThat(rates[20]).isCloseTo(0.3, within(1e-15));
    assertThat(rates[40]).isCloseTo(0.1, within(1e-15));
  }

  @Test
  void warmUpMeetsWhatFollows() {
    follows(Schedules.warmUp(4, Schedule.constant(0.5)), t -> t < 5 ? t * 0.1 : 0.5);
    follows(
        Schedules.warmUp(9, Schedules.linear(1, 0, 50)),
        t -> t <= 9 ? t / 10.0 : 1 - (t - 10) / 50.0);
  }

  @Test
  void namesReachTheSameSchedules() {
    same("constant", Map.of(), Schedule.constant(0.5));
    same("step", Map.of("every", 7), Schedules.step(0.5, 7, 0.1));
    same("step", Map.of("every", 7.0, "factor", 0.9), Schedules.step(0.5, 7, 0.9));
    same("exponential", Map.of("factor", 0.9), Schedules.exponential(0.5, 0.9));
    same("inverse_time", Map.of("decay", 2), Schedules.inverseTime(0.5, 2, 1));
    same(
        "polynomial",
        Map.of("steps", 20, "power", 3, "end", 0.1),
        Schedules.polynomial(0.5, 0.1, 20, 3));
    same("linear", Map.of("steps", 20), Schedules.linear(0.5, 0, 20));
    same(
        "cosine",
        Map.of("steps", 20, "warmUp", 5),
        Schedules.warmUp(5, Schedules.cosine(0.5, 0, 20)));
    assertThat(rates(Schedules.named("cosine", 0.5, Map.of("steps", 20))))
        .isNotEqualTo(rates(Schedules.linear(0.5, 0, 20)));
  }

  private static void same(String name, Map<String, ?> options, Schedule schedule) {
    assertThat(rates(Schedules.named(name, 0.5, options))).as(name).isEqualTo(rates(schedule));
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    assertThatThrownBy(() -> Schedules.named("cosin", 0.5, Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "The name of a schedule: found 'cosin', expected one of 'constant', 'step',"
                + " 'exponential', 'inverse_time', 'polynomial', 'linear', 'cosine', 'plateau';"
                + " perhaps 'cosine' was meant.");
    assertThatThrownBy(() -> Schedules.named("step", 0.5, Map.of()))
        .hasMessage(
            "The schedule 'step' needs the option every: found nothing, expected a number; add"
                + " it.");
    assertThatThrownBy(() -> Schedules.named("step", 0.5, Map.of("every", 2, "facter", 1)))
        .hasMessage(
            "The schedule 'step': found the unknown option 'facter', expected only 'warmUp',"
                + " 'every', 'factor'; perhaps 'factor' was meant.");
    assertThatThrownBy(() -> Schedules.named("step", 0.5, Map.of("every", 2.5)))
        .hasMessage(
            "The option every: found 2.5, expected a whole number from 1; correct the value.");
    assertThatThrownBy(() -> Schedules.named("cosine", 0, Map.of("steps", 2)))
        .hasMessageStartingWith("The option learningRate: found 0.0, expected a finite number");
    assertThatThrownBy(() -> Schedules.linear(1, -1, 5)).hasMessageContaining("option end");
    assertThatThrownBy(() -> Schedules.linear(1, 0, 0)).hasMessageContaining("option steps");
    assertThatThrownBy(() -> Schedules.exponential(1, Double.NaN))
        .hasMessageContaining("option factor");
    assertThatThrownBy(() -> Schedules.warmUp(0, Schedule.constant(1)))
        .hasMessageContaining("option warmUp");
  }

  @Test
  void anOptimizerFollowsItsSchedule() {
    Optimizer optimizer = new GradientDescent(Schedules.step(1e-3, 5, 0.5));
    double[] expected =
        Problem.QUADRATIC
            .path(() ->
                (w, g, t) -> {
                  double rate = t <= 5 ? 1e-3 : t <= 10 ? 5e-4 : t <= 15 ? 2.5e-4 : 1.25e-4;
                  for (int i = 0; i < w.length; i++) {
                    w[i] -= rate * g[i];
                  }
                })
            .get(19);
    assertThat(Problem.QUADRATIC.path(optimizer, DType.F64).get(19))
        .containsExactly(expected, within(1e-13));
  }
}
