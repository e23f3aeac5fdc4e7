package io.deltagraph.training;

import java.util.List;

/** The rows of a training, in shards, wherever they are. */
public interface ShardHolder extends AutoCloseable {

  /** How the rows are cut. */
  ShardCut cut();

  /** A number that is another one for other rows, in whatever order they are held. */
  long fingerprint();

  /**
   * Has every shard go through a task.
   *
   * @return together, each shard once
   */
  List<ShardAnswer> run(ShardTask task);

  @Override
  void close();

  /** What brings rows into shards. */
  @FunctionalInterface
  interface Source {
    /** Cuts the rows as a training wants them. */
    ShardHolder open(ShardProgram program);
  }
}
