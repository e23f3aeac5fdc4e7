package io.deltagraph.training;

import com.google.common.collect.ImmutableMap;
import java.io.Serializable;
import java.util.Map;

/**
 * What is asked of all shards at once.
 *
 * @param kind what each shard is to give
 * @param epoch from 1
 * @param step the first step of the epoch to take, from 0
 * @param steps how many steps to take
 * @param state every parameter that is read, by name; whoever gets it must not write to it
 */
public record ShardTask(Kind kind, int epoch, int step, int steps, Map<String, PackedTensor> state)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  public ShardTask {
    state = ImmutableMap.copyOf(state);
  }

  /** What is asked for. */
  public enum Kind {
    /** The gradient of one step. */
    GRADIENTS,
    /** Parameters after some steps of the shard's own. */
    PARAMETERS,
    /** The loss on the rows that are held out. */
    HELD_OUT_LOSS
  }
}
