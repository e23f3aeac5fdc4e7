package io.deltagraph.spark;

import io.deltagraph.registry.OpRegistry;
import io.deltagraph.training.ShardProgram;
import io.deltagraph.training.ShardWorker;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The compiled plans of an executor, from one step to the next. Spark makes tasks anew for each
 * step, so that what is to outlive a task can only be found through the class.
 */
final class KeptWorkers {
  /** Trainings that plans are kept of; in an executor there is seldom more than one at a time. */
  private static final int MOST = 2;

  private static final KeptWorkers OF_THIS_PROCESS = new KeptWorkers();

  private final LinkedHashMap<String, Deque<ShardWorker>> idle =
      new LinkedHashMap<>(16, 0.75f, true);

  private KeptWorkers() {}

  /** A worker that nobody else has until it is given back. */
  static ShardWorker take(ShardProgram program) {
    return OF_THIS_PROCESS.taken(program);
  }

  static void giveBack(ShardProgram program, ShardWorker worker) {
    OF_THIS_PROCESS.givenBack(program, worker);
  }

  private ShardWorker taken(ShardProgram program) {
    synchronized (idle) {
      Deque<ShardWorker> workers = idle.get(program.id());
      ShardWorker known = workers == null ? null : workers.poll();
      if (known != null) {
        return known;
      }
    }
    // The loader of the thread knows the jars that were given to spark-submit as well.
    return new ShardWorker(
        program, OpRegistry.load(Thread.currentThread().getContextClassLoader()));
  }

  private void givenBack(ShardProgram program, ShardWorker worker) {
    synchronized (idle) {
      idle.computeIfAbsent(program.id(), id -> new ArrayDeque<>()).push(worker);
      Iterator<Map.Entry<String, Deque<ShardWorker>>> eldest = idle.entrySet().iterator();
      while (idle.size() > MOST) {
        eldest.next().getValue().forEach(ShardWorker::close);
        eldest.remove();
      }
    }
  }
}
