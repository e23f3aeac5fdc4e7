package io.deltagraph.spark;

import com.google.common.collect.Iterators;
import io.deltagraph.training.ShardAnswer;
import io.deltagraph.training.ShardProgram;
import io.deltagraph.training.ShardRows;
import io.deltagraph.training.ShardTask;
import io.deltagraph.training.ShardTree;
import io.deltagraph.training.ShardWorker;
import java.time.Duration;
import java.util.Iterator;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;

/** Goes through the shards of a task, in an executor. */
final class ShardWalk implements FlatMapFunction<Iterator<ShardRows>, ShardAnswer> {
  private static final long serialVersionUID = 1L;

  private final Broadcast<ShardProgram> program;
  private final Broadcast<ShardTask> task;

  ShardWalk(Broadcast<ShardProgram> program, Broadcast<ShardTask> task) {
    this.program = program;
    this.task = task;
  }

  @Override
  public Iterator<ShardAnswer> call(Iterator<ShardRows> shards) {
    long start = System.nanoTime();
    ShardProgram running = program.value();
    ShardTree tree = new ShardTree(running.shards());
    ShardWorker worker = KeptWorkers.take(running);
    int count = 0;
    while (shards.hasNext()) {
      ShardRows shard = shards.next();
      tree.add(shard.shard(), worker.run(shard, task.value()));
      count++;
    }
    // A worker that has failed is left behind with its session.
    KeptWorkers.giveBack(running, worker);
    Duration time = Duration.ofNanos(System.nanoTime() - start);
    return Iterators.singletonIterator(
        new ShardAnswer(
            tree.parts(), new ShardAnswer.Work(SparkEnv.get().executorId(), count, time)));
  }
}
