package io.deltagraph.training;

import io.deltagraph.tensor.Tensor;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What some shards come to in a step, added up: each shard's means times its rows. Mutable, and for
 * one thread.
 */
public final class ShardSum implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Nothing at first, as of a shard that has no rows left. */
  private final LinkedHashMap<String, PackedTensor> values = new LinkedHashMap<>();

  private long rows;
  private double loss;

  /** Sets what a shard comes to. */
  void add(long count, double meanLoss) {
    rows += count;
    loss += meanLoss * count;
  }

  void put(String name, PackedTensor sum) {
    values.put(name, sum);
  }

  /** Adds what shards with higher numbers come to. */
  void plus(ShardSum other) {
    rows += other.rows;
    loss += other.loss;
    other.values.forEach((name, numbers) -> {
      PackedTensor mine = values.putIfAbsent(name, numbers);
      if (mine != null) {
        mine.plus(numbers);
      }
    });
  }

  long rows() {
    return rows;
  }

  /** The mean of the loss over the rows. */
  double loss() {
    return loss / rows;
  }

  /** The means over the rows, by name. */
  Map<String, Tensor> means() {
    Map<String, Tensor> means = new LinkedHashMap<>();
    values.forEach((name, numbers) -> means.put(name, numbers.over(rows)));
    return means;
  }
}
