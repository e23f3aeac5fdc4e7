package io.deltagraph.benchmarks.peers;

/** A workload in some engine, ready to take its steps on batches in memory. */
interface Engine extends AutoCloseable {
  /** Forward, backward and update on batch {@code number} modulo the number of batches. */
  void step(int number);

  /** The loss of batch 0 with the weights as they are now. */
  double loss();

  /** Whether it runs as it will from now on. */
  default boolean isSettled() {
    return true;
  }

  @Override
  void close();
}
