package io.deltagraph.training;

import com.google.common.collect.ImmutableList;
import io.deltagraph.graph.OpLookup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** All shards in this process, gone through one after another. */
final class LocalShards implements ShardHolder {
  private final ShardCut cut;
  private final long fingerprint;
  private final List<ShardRows> shards;
  private final ShardWorker worker;

  private LocalShards(ShardCut cut, long fingerprint, List<ShardRows> shards, ShardWorker worker) {
    this.cut = cut;
    this.fingerprint = fingerprint;
    this.shards = ImmutableList.copyOf(shards);
    this.worker = worker;
  }

  static LocalShards of(ShardProgram program, Samples rows, OpLookup ops) {
    ShardCut cut = ShardCut.of(program, rows.count());
    RowForm form = program.form();
    RowKey[] keys = new RowKey[rows.count()];
    Arrays.setAll(keys, i -> RowKey.of(program.seed(), form.canonical(form.row(rows, i))));
    Arrays.sort(keys);
    number(keys);
    Arrays.sort(keys);
    long fingerprint = 0;
    List<ShardRows> shards = new ArrayList<>();
    int place = 0;
    int held = 0;
    for (int shard = 0; shard < cut.shards(); shard++) {
      List<double[]> heldOut = new ArrayList<>();
      while (held < cut.heldOut() && cut.shardOf(held) == shard) {
        heldOut.add(keys[held++].numbers());
      }
      List<double[]> trained = new ArrayList<>();
      while (cut.heldOut() + place < cut.rows() && cut.shardOf(cut.heldOut() + place) == shard) {
        trained.add(keys[(int) cut.heldOut() + place++].numbers());
      }
      shards.add(ShardRows.of(form, shard, trained, heldOut));
    }
    for (RowKey key : keys) {
      fingerprint += key.hash();
    }
    return new LocalShards(cut, fingerprint, shards, new ShardWorker(program, ops));
  }

  /** PackedTensor rows that hold the same, which stand together. */
  private static void number(RowKey[] keys) {
    int first = 0;
    RowKey kind = keys[0];
    for (int i = 0; i < keys.length; i++) {
      if (!keys[i].isSameRow(kind)) {
        first = i;
        kind = keys[i];
      }
      keys[i] = keys[i].numbered(i - first);
    }
  }

  List<ShardRows> shards() {
    return shards;
  }

  @Override
  public ShardCut cut() {
    return cut;
  }

  @Override
  public long fingerprint() {
    return fingerprint;
  }

  @Override
  public List<ShardAnswer> run(ShardTask task) {
    long start = System.nanoTime();
    ShardTree tree = new ShardTree(cut.shards());
    for (ShardRows shard : shards) {
      tree.add(shard.shard(), worker.run(shard, task));
    }
    Duration time = Duration.ofNanos(System.nanoTime() - start);
    return ImmutableList.of(
        new ShardAnswer(tree.parts(), new ShardAnswer.Work("local", shards.size(), time)));
  }

  @Override
  public void close() {
    worker.close();
  }
}
