package io.deltagraph.training;

import java.io.Serializable;

/**
 * All that whoever holds shards has to know of a training: plain data, with graphs as text.
 *
 * @param id different for each training
 * @param step the graph of a step of one shard
 * @param evaluation the graph that rows are scored with
 * @param form how the numbers of a row stand
 * @param shards how many parts rows are cut into
 * @param batch rows of each shard for each step
 * @param heldOut the share of the rows that are not trained on
 * @param seed where the order of rows comes from
 * @param threads how many threads one who holds shards may use; no bit depends on it
 */
public record ShardProgram(
    String id,
    String step,
    String evaluation,
    RowForm form,
    int shards,
    int batch,
    double heldOut,
    long seed,
    int threads)
    implements Serializable {
  private static final long serialVersionUID = 1L;
}
