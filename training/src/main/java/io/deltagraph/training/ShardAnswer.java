package io.deltagraph.training;

import com.google.common.collect.ImmutableList;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/**
 * What one who holds shards answers to a task.
 *
 * @param parts what the shards come to, added up as far as they stand together
 * @param work who did it and how long it took
 */
public record ShardAnswer(List<ShardTree.Part> parts, Work work) implements Serializable {
  private static final long serialVersionUID = 1L;

  public ShardAnswer {
    parts = ImmutableList.copyOf(parts);
  }

  /**
   * A share of a step.
   *
   * @param worker such as the name of an executor
   * @param shards how many shards it went through
   * @param time how long that took
   */
  public record Work(String worker, int shards, Duration time) implements Serializable {
    private static final long serialVersionUID = 1L;
  }
}
