package io.deltagraph.workloads;

import io.deltagraph.plan.Plan;
import io.deltagraph.runtime.Session;
import io.deltagraph.type.DType;
import java.util.Optional;

/**
 * One workload, measured.
 *
 * @param workload which
 * @param threads how many shared the work
 * @param dtype of weights and data
 * @param firstStepMillis from nothing to the end of the first step: the net's graph, its gradient,
 *     its plan, the weights and batches, and the step
 * @param pace the steady step
 * @param flops of the products of one step
 * @param planBytes the size of all buffers of the plan
 * @param peakBytes see {@link PeakMemory}
 * @param profile where the time goes, if that was asked for
 */
public record Measurement(
    Workload workload,
    int threads,
    DType dtype,
    double firstStepMillis,
    Pace pace,
    long flops,
    long planBytes,
    long peakBytes,
    Optional<Profile> profile) {

  /** Measures a workload, without a profile. */
  public static Measurement of(
      Workload workload, DType dtype, Session.Options options, Pace.Effort effort) {
    return of(workload, dtype, options, effort, false);
  }

  /** Measures a workload. */
  public static Measurement of(
      Workload workload,
      DType dtype,
      Session.Options options,
      Pace.Effort effort,
      boolean profiled) {
    PeakMemory.reset();
    long start = System.nanoTime();
    try (WorkloadRun training = WorkloadRun.start(workload, dtype, options)) {
      training.step(0);
      double first = (System.nanoTime() - start) * 1e-6;
      Pace pace = Pace.of(number -> training.step(number), training::isSettled, effort);
      Plan plan = training.plan();
      return new Measurement(
          workload,
          options.threads(),
          dtype,
          first,
          pace,
          PlanCost.productFlops(plan),
          plan.bytes(),
          PeakMemory.bytes(),
          profiled ? Optional.of(Profile.of(training, pace, effort)) : Optional.empty());
    }
  }

  /** {@code 10⁹} floating-point operations of products per second. */
  public double gflops() {
    return flops / pace.stepMicros() * 1e-3;
  }
}
