package io.deltagraph.benchmarks.peers;

import io.deltagraph.workloads.Workload;

/** Learning rates, which all workloads keep constant. */
final class Rates {
  private Rates() {}

  static double of(Workload workload) {
    return switch (workload.name()) {
      case "W1" -> 0.5;
      case "W2", "W4" -> 0.1;
      case "W3" -> 0.001;
      case "W5", "W7" -> 0.05;
      case "W6" -> 0.01;
      default -> throw new IllegalArgumentException(workload.name());
    };
  }
}
