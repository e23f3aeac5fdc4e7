package io.deltagraph.benchmarks.peers;

import io.deltagraph.runtime.Session;
import io.deltagraph.type.DType;
import io.deltagraph.workloads.Workload;
import io.deltagraph.workloads.WorkloadRun;

/** This project. */
record Deltagraph(WorkloadRun training) implements Engine {
  static Deltagraph start(Workload workload, int threads) {
    return new Deltagraph(
        WorkloadRun.start(workload, DType.F32, Session.Options.defaults().withThreads(threads)));
  }

  @Override
  public void step(int number) {
    training.step(number);
  }

  @Override
  public double loss() {
    return training.loss();
  }

  @Override
  public boolean isSettled() {
    return training.isSettled();
  }

  @Override
  public void close() {
    training.close();
  }
}
