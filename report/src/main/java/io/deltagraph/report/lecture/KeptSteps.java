package io.deltagraph.report.lecture;

import java.util.function.IntPredicate;

/** Which moments of a training are kept: many of the first ones, where most happens. */
final class KeptSteps {
  private KeptSteps() {}

  /** About so many of a number of steps, the last one included, ever further apart. */
  static IntPredicate spread(int steps, int most) {
    boolean[] kept = new boolean[steps + 1];
    double power = 2;
    for (int i = 1; i <= most; i++) {
      kept[(int) Math.max(i, Math.round(steps * Math.pow((double) i / most, power)))] = true;
    }
    return step -> kept[step];
  }

  /** Every so many steps. */
  static IntPredicate every(int steps) {
    return step -> step % steps == 0;
  }
}
