package io.deltagraph.spark;

import io.deltagraph.training.RowKey;
import org.apache.spark.Partitioner;

/** Equal ranges of the hashes of keys, which are evenly spread, in their order. */
final class HashRanges extends Partitioner {
  private static final long serialVersionUID = 1L;

  private final int ranges;

  HashRanges(int ranges) {
    this.ranges = ranges;
  }

  @Override
  public int numPartitions() {
    return ranges;
  }

  @Override
  public int getPartition(Object key) {
    return (int) Math.unsignedMultiplyHigh(((RowKey) key).hash(), ranges);
  }
}
