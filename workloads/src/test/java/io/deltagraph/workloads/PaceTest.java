package io.deltagraph.workloads;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PaceTest {
  private static final Pace.Effort EFFORT = new Pace.Effort(0.05, 3, 0.002);

  @Test
  void numbersStepsFromZero() {
    List<Integer> numbers = new ArrayList<>();
    Pace pace = Pace.of(numbers::add, () -> true, EFFORT);
    assertThat(numbers).startsWith(0, 1, 2).isSorted().doesNotHaveDuplicates();
    assertThat(pace.fastestMicros()).isPositive().isLessThanOrEqualTo(pace.stepMicros());
    assertThat(pace.slowestMicros()).isGreaterThanOrEqualTo(pace.stepMicros());
  }

  @Test
  void isNotSteadyBeforeAllIsWarm() {
    assertThat(Pace.of(number -> {}, () -> false, EFFORT).steady()).isFalse();
  }

  @Test
  void takesEachRepeatAtLeastOnce() {
    List<Integer> numbers = new ArrayList<>();
    Pace pace =
        Pace.of(
            number -> {
              numbers.add(number);
              long end = System.nanoTime() + 60_000_000;
              while (System.nanoTime() < end) {
                Thread.onSpinWait();
              }
            },
            () -> true,
            EFFORT);
    // One step is longer than the whole warm-up: one to warm up, one for each repeat.
    assertThat(numbers).containsExactly(0, 1, 2, 3);
    assertThat(pace.steady()).isFalse();
    assertThat(pace.fastestMicros()).isGreaterThanOrEqualTo(60_000);
    assertThat(pace.warmUpSeconds()).isGreaterThanOrEqualTo(0.06);
  }
}
