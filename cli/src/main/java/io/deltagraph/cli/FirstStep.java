package io.deltagraph.cli;

import io.deltagraph.runtime.Session;
import io.deltagraph.type.DType;
import io.deltagraph.workloads.Workload;
import io.deltagraph.workloads.WorkloadRun;

/**
 * A program that takes one step of a workload and ends, to be timed from outside: what any program
 * of one net costs until it learns.
 */
public final class FirstStep {
  /** What it says in the end. */
  public static final String DONE = "first step taken";

  private FirstStep() {}

  /** Takes the first step of the workload that the only argument names. */
  public static void main(String[] arguments) {
    Workload workload = Workload.named(arguments[0]);
    try (WorkloadRun run = WorkloadRun.start(workload, DType.F32, Session.Options.defaults())) {
      run.step(0);
      System.out.println(DONE);
    }
  }
}
