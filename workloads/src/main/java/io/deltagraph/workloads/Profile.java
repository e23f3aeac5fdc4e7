package io.deltagraph.workloads;

import com.google.common.collect.ImmutableList;
import io.deltagraph.plan.Step;
import io.deltagraph.runtime.StepTimes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Where the time of a workload's step goes. Windows with a clock between the steps of the plan take
 * turns with windows without one; what is told is the window with the clock whose sum is the
 * median.
 *
 * @param stepMicros a whole step without the clock: the median of the windows
 * @param runs how often each part was taken in that window
 * @param clockNanos what reading the clock costs, which is taken off each part
 * @param parts the slowest first
 */
public record Profile(double stepMicros, int runs, double clockNanos, List<Part> parts) {

  /**
   * A step of the plan, or the copying of a batch to the inputs.
   *
   * @param number from 1, as a printed plan counts; 0 for the copying
   * @param step empty for the copying
   * @param backend what does it
   * @param micros in all runs of the window
   */
  public record Part(int number, Optional<Step> step, String backend, double micros) {}

  /** Measures a workload that is warm. */
  static Profile of(WorkloadRun training, Pace pace, Pace.Effort effort) {
    double window = effort.repeatSeconds() * 1e6;
    int runs = Math.clamp(Math.round(window / pace.stepMicros()), 1, 1 << 24);
    List<Double> whole = new ArrayList<>();
    List<Profile> windows = new ArrayList<>();
    for (int i = 0; i < effort.repeats(); i++) {
      long start = System.nanoTime();
      for (int run = 0; run < runs; run++) {
        training.step(run);
      }
      whole.add((System.nanoTime() - start) * 1e-3 / runs);
      windows.add(window(training, runs));
    }
    whole.sort(Comparator.naturalOrder());
    windows.sort(Comparator.comparingDouble(Profile::sumMicros));
    Profile median = windows.get(windows.size() / 2);
    return new Profile(whole.get(whole.size() / 2), runs, median.clockNanos, median.parts);
  }

  private static Profile window(WorkloadRun training, int runs) {
    StepTimes times = StepTimes.of(training.plan());
    long feeding = 0;
    for (int run = 0; run < runs; run++) {
      long start = System.nanoTime();
      training.feed(run);
      feeding += System.nanoTime() - start;
      training.run(times);
    }
    List<Part> parts = new ArrayList<>();
    double feed = Math.max(0, feeding - times.clockNanos() * runs);
    parts.add(new Part(0, Optional.empty(), "", feed * 1e-3));
    List<Step> steps = PlanCost.steps(training.plan()).collect(ImmutableList.toImmutableList());
    for (int i = 0; i < steps.size(); i++) {
      String backend = training.backend(i);
      parts.add(new Part(i + 1, Optional.of(steps.get(i)), backend, times.nanos(i) * 1e-3));
    }
    parts.sort(Comparator.comparingDouble(Part::micros).reversed());
    return new Profile(0, runs, times.clockNanos(), ImmutableList.copyOf(parts));
  }

  /** All parts together, for one step of the workload. */
  public double sumMicros() {
    return parts.stream().mapToDouble(Part::micros).sum() / runs;
  }

  /** A part's share of all. */
  public double share(Part part) {
    return part.micros() / Math.max(Double.MIN_NORMAL, sumMicros() * runs);
  }
}
