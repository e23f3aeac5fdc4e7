package io.deltagraph.training;

import com.google.common.base.Preconditions;
import java.io.Serializable;

/**
 * How rows in the order of their keys are cut: the first ones are held out, the others are trained
 * on, and both are cut into as many shards, equal but for one row.
 *
 * @param rows how many there are
 * @param heldOut how many of them the loss is watched on, and not trained on
 * @param shards how many parts they are cut into
 */
public record ShardCut(long rows, long heldOut, int shards) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Checks that there are rows to train on and that there is a shard. */
  public ShardCut {
    Preconditions.checkArgument(shards > 0, "There is at least one shard, got %s.", shards);
    Preconditions.checkArgument(rows > heldOut, "There are no rows to train on.");
  }

  /** The cut of so many rows that a program asks for. */
  public static ShardCut of(ShardProgram program, long rows) {
    Preconditions.checkArgument(rows > 0, "There are no rows to train on.");
    double share = program.heldOut();
    long heldOut = share == 0 ? 0 : Math.min(rows - 1, Math.max(1, Math.round(share * rows)));
    return new ShardCut(rows, heldOut, program.shards());
  }

  /** Whether the row at a place, from 0, is held out. */
  public boolean isHeldOut(long place) {
    return place < heldOut;
  }

  /** The shard of the row at a place, from 0. */
  public int shardOf(long place) {
    return (int)
        (isHeldOut(place) ? place * shards / heldOut : (place - heldOut) * shards / trained());
  }

  private long trained() {
    return rows - heldOut;
  }

  /** How many steps an epoch has, if each takes so many rows of each shard. */
  public int steps(int batch) {
    long most = (trained() + shards - 1) / shards;
    return Math.toIntExact((most + batch - 1) / batch);
  }
}
