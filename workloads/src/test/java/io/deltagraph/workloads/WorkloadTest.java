package io.deltagraph.workloads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.deltagraph.data.InputException;
import io.deltagraph.plan.Plan;
import io.deltagraph.plan.Planner;
import io.deltagraph.runtime.Session;
import io.deltagraph.type.DType;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The losses are those that numpy, PyTorch and TensorFlow reach from the same numbers. */
class WorkloadTest {
  private static WorkloadRun start(String name, DType dtype) {
    return WorkloadRun.start(Workload.named(name), dtype, Session.Options.defaults());
  }

  @ParameterizedTest
  @CsvSource({
    "W1, 0.570390, 0.436438",
    "W4, 0.628795, 0.614103",
    "W5, 0.423830, 0.307103",
    "W7, 0.219565, 0.209696",
  })
  void learnsAsOtherEnginesDo(String name, double afterOne, double afterTwenty) {
    for (DType dtype : new DType[] {DType.F32, DType.F64}) {
      try (WorkloadRun training = start(name, dtype)) {
        training.step(0);
        assertThat(training.loss()).as(dtype.text()).isCloseTo(afterOne, within(1.5e-6));
        for (int i = 1; i < 20; i++) {
          training.step(i);
        }
        assertThat(training.loss()).as(dtype.text()).isCloseTo(afterTwenty, within(2.5e-6));
      }
    }
  }

  /**
   * W2 passes a kink of relu within 1e-8 at its second step, and W3's Adam magnifies rounding:
   * other engines differ there among themselves.
   */
  @ParameterizedTest
  @CsvSource({"W2, 2.274805, 2e-6", "W3, 2.45683, 1e-5"})
  void takesItsFirstStepAsOtherEnginesDo(String name, double afterOne, double bound) {
    for (DType dtype : new DType[] {DType.F32, DType.F64}) {
      try (WorkloadRun training = start(name, dtype)) {
        training.step(0);
        assertThat(training.loss()).as(dtype.text()).isCloseTo(afterOne, within(bound));
      }
    }
  }

  @Test
  void theWidestNetTakesItsFirstStepAsOtherEnginesDo() {
    try (WorkloadRun training = start("W6", DType.F32)) {
      training.step(0);
      assertThat(training.loss()).isCloseTo(6.93081, within(1e-5));
    }
  }

  /** {@code 2 · batch · in · out}: two products for the first layer, three for the others. */
  @ParameterizedTest
  @CsvSource({
    "W1, 3196000",
    "W2, 26181632",
    "W3, 821559296",
    "W4, 3840",
    "W5, 26312",
    "W6, 23471325184",
    "W7, 252928",
  })
  void countsProducts(String name, long flops) {
    Workload workload = Workload.named(name);
    Map<String, Integer> sizes = Map.of("N", workload.batch());
    Plan plan = Planner.plan(WorkloadRun.graph(workload, DType.F32), sizes);
    assertThat(PlanCost.productFlops(plan)).isEqualTo(flops);
  }

  @Test
  void suggestsAWorkload() {
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> Workload.named("W11"))
        .withMessage(
            "bench: found the workload 'W11', expected one of W1, W2, W3, W4, W5, W6, W7; perhaps"
                + " 'W1' was meant.");
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> Workload.named("everything"))
        .withMessageEndingWith("leave the names out to run all of them.");
  }
}
