package io.deltagraph.spark;

import com.google.common.base.Preconditions;
import io.deltagraph.training.RowForm;
import io.deltagraph.training.RowKey;
import io.deltagraph.training.ShardAnswer;
import io.deltagraph.training.ShardCut;
import io.deltagraph.training.ShardHolder;
import io.deltagraph.training.ShardProgram;
import io.deltagraph.training.ShardRows;
import io.deltagraph.training.ShardTask;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;

/**
 * Shards in the memory of executors. Rows are sorted by their keys twice, since rows that hold the
 * same have to meet before they are numbered, and then brought to the tasks of their shards. All of
 * it can be done again from the source where an executor is lost.
 */
final class ClusterShards implements ShardHolder {
  private static final String SERIALIZER = "spark.serializer";

  private final JavaSparkContext spark;
  private final ShardCut cut;
  private final long fingerprint;
  private final JavaRDD<ShardRows> shards;
  private final Broadcast<ShardProgram> program;

  private ClusterShards(
      JavaSparkContext spark,
      ShardCut cut,
      long fingerprint,
      JavaRDD<ShardRows> shards,
      Broadcast<ShardProgram> program) {
    this.spark = spark;
    this.cut = cut;
    this.fingerprint = fingerprint;
    this.shards = shards;
    this.program = program;
  }

  static ClusterShards of(ShardProgram program, JavaRDD<double[]> rows, int asked) {
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(rows.context());
    requireJavaSerialisation(spark.getConf());
    int tasks = Math.min(program.shards(), asked > 0 ? asked : spark.defaultParallelism());
    RowForm form = program.form();
    long seed = program.seed();
    JavaPairRDD<RowKey, Boolean> sorted =
        rows.mapToPair(row -> new Tuple2<>(RowKey.of(seed, form.canonical(row)), true))
            .repartitionAndSortWithinPartitions(new HashRanges(tasks))
            .mapPartitionsToPair(NumberedRows::new)
            .repartitionAndSortWithinPartitions(new HashRanges(tasks));
    List<Tuple2<Long, Long>> counts = sorted.mapPartitions(ShardPieces::counted).collect();
    long[] before = new long[tasks];
    long count = 0;
    long fingerprint = 0;
    for (int i = 0; i < tasks; i++) {
      before[i] = count;
      count += counts.get(i)._1();
      fingerprint += counts.get(i)._2();
    }
    ShardCut cut = ShardCut.of(program, count);
    JavaRDD<ShardRows> shards =
        sorted
            .mapPartitionsWithIndex((i, keys) -> ShardPieces.cut(cut, before[i], keys), true)
            .mapToPair(piece -> new Tuple2<>(piece.shard(), piece))
            .partitionBy(new ShardBlocks(tasks, program.shards()))
            .mapPartitionsWithIndex(
                (i, pieces) -> ShardPieces.shards(form, i, tasks, program.shards(), pieces), true)
            .setName("deltagraph shards")
            .persist(StorageLevel.MEMORY_AND_DISK());
    shards.count();
    return new ClusterShards(spark, cut, fingerprint, shards, spark.broadcast(program));
  }

  static void requireJavaSerialisation(SparkConf settings) {
    String serializer = settings.get(SERIALIZER, "org.apache.spark.serializer.JavaSerializer");
    Preconditions.checkArgument(
        serializer.endsWith(".JavaSerializer"),
        "Shards are carried by Java's serialisation, and %s is %s, which cannot carry records."
            + " Leave it out for this application.",
        SERIALIZER,
        serializer);
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
    Broadcast<ShardTask> sent = spark.broadcast(task);
    try {
      // Never reduce: it adds in the order in which tasks happen to end.
      return shards.mapPartitions(new ShardWalk(program, sent)).collect();
    } finally {
      sent.destroy();
    }
  }

  @Override
  public void close() {
    shards.unpersist(false);
    program.destroy();
  }
}
