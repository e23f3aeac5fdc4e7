package io.deltagraph.spark;

import org.apache.spark.Partitioner;

/** Neighbouring shards to each task, so that it can add up most of them itself. */
final class ShardBlocks extends Partitioner {
  private static final long serialVersionUID = 1L;

  private final int tasks;
  private final int shards;

  ShardBlocks(int tasks, int shards) {
    this.tasks = tasks;
    this.shards = shards;
  }

  @Override
  public int numPartitions() {
    return tasks;
  }

  @Override
  public int getPartition(Object shard) {
    return of((Integer) shard, tasks, shards);
  }

  /** The task of a shard. */
  static int of(int shard, int tasks, int shards) {
    return (int) ((long) shard * tasks / shards);
  }
}
