package com.acme.scale;

import io.deltagraph.training.ShardAnswer;
import io.deltagraph.training.ShardListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** How long steps take, and what the memory of this process holds in their midst. */
final class StepTimes implements ShardListener {
  /** Steps that are left out, in which plans are still being warmed. */
  static final int WARMING = 4;

  private static final int LOOKED_AT = 2;

  private final List<Step> all = new ArrayList<>();
  private final long before = inUse();
  private long during;

  /** The bytes that are left after a collection. */
  private static long inUse() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  @Override
  public void stepped(Step step) {
    all.add(step);
    if (all.size() == LOOKED_AT) {
      during = inUse();
    }
  }

  /** The bytes that training holds here. */
  long kept() {
    return during - before;
  }

  /** The seconds of the step in the middle. */
  double median() {
    return middle(settled().map(step -> seconds(step.time())).sorted().toList());
  }

  /** The seconds of it in which no task computes, if tasks share so many cores. */
  double outside(int cores) {
    return middle(
        settled()
            .map(step -> {
              double computing =
                  step.work().stream().map(ShardAnswer.Work::time).mapToDouble(StepTimes::seconds)
                          .sum()
                      / cores;
              return seconds(step.time()) - computing;
            })
            .sorted()
            .toList());
  }

  private Stream<Step> settled() {
    return all.stream().skip(WARMING);
  }

  private static double seconds(Duration time) {
    return 1e-9 * time.toNanos();
  }

  private static double middle(List<Double> sorted) {
    return sorted.get(sorted.size() / 2);
  }
}
