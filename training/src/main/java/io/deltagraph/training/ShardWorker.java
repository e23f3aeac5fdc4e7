package io.deltagraph.training;

import static java.util.Objects.requireNonNull;

import io.deltagraph.files.GraphJson;
import io.deltagraph.files.ModelFileException;
import io.deltagraph.graph.Graph;
import io.deltagraph.graph.GraphParameter;
import io.deltagraph.graph.Input;
import io.deltagraph.graph.OpLookup;
import io.deltagraph.models.Network;
import io.deltagraph.random.Seeds;
import io.deltagraph.runtime.BoundSession;
import io.deltagraph.runtime.Session;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.tensor.TensorReader;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Goes through shards by compiled plans, which it keeps: here or in another process the same. Not
 * for use by several threads at once.
 */
public final class ShardWorker implements AutoCloseable {
  /**
   * Whole numbers among the state are seeds that count steps; each shard has its own. Those of
   * shard 0, which has rows in every step, are the ones that are kept.
   */
  private static final long SEEDS_APART = 1_000_003;

  private final ShardProgram program;
  private final Session step;
  private final Session evaluation;
  private final List<String> fed;
  private final List<String> results;
  private final List<GraphParameter> state;
  private final List<GraphParameter> scored;
  private final Map<Integer, BoundSession> plans = new HashMap<>();

  /**
   * A worker for a program.
   *
   * @param ops where the ops of its graphs are found
   * @throws UncheckedIOException if its graphs need ops that are not there
   */
  public ShardWorker(ShardProgram program, OpLookup ops) {
    this.program = program;
    Graph graph = read(program.step(), ops);
    Graph scoring = read(program.evaluation(), ops);
    Session.Options options = Session.Options.defaults().withThreads(program.threads());
    this.step = Session.open(graph, options);
    this.evaluation = Session.open(scoring, options);
    this.fed = graph.inputs().stream().map(Input::label).toList();
    this.results =
        graph.outputs().keySet().stream().filter(name -> !name.equals(Network.LOSS)).toList();
    this.state = graph.parameters();
    this.scored = scoring.parameters();
  }

  private static Graph read(String json, OpLookup ops) {
    try {
      return GraphJson.read(json, ops);
    } catch (ModelFileException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  /** What a shard comes to in a task. */
  public ShardSum run(ShardRows shard, ShardTask task) {
    ShardSum sum = new ShardSum();
    switch (task.kind()) {
      case GRADIENTS -> gradients(shard, task, sum);
      case PARAMETERS -> parameters(shard, task, sum);
      case HELD_OUT_LOSS -> heldOutLoss(shard, task, sum);
    }
    return sum;
  }

  private void gradients(ShardRows shard, ShardTask task, ShardSum sum) {
    setState(shard, task);
    int rows = step(shard, task.epoch(), task.step(), sum);
    if (rows > 0) {
      BoundSession plan = requireNonNull(plans.get(rows));
      for (String name : results) {
        TensorReader result = plan.reader(name);
        boolean isFloat = result.type().dtype().isFloat();
        sum.put(
            name, isFloat ? PackedTensor.times(result, rows) : PackedTensor.of(plan.output(name)));
      }
    }
  }

  private void parameters(ShardRows shard, ShardTask task, ShardSum sum) {
    setState(shard, task);
    int rows = 0;
    for (int i = 0; i < task.steps(); i++) {
      rows += step(shard, task.epoch(), task.step() + i, sum);
    }
    if (rows > 0) {
      for (GraphParameter parameter : state) {
        Tensor value = step.get(parameter.label());
        boolean isFloat = parameter.dtype().isFloat();
        sum.put(
            parameter.label(), isFloat ? PackedTensor.times(value, rows) : PackedTensor.of(value));
      }
    }
  }

  private void setState(ShardRows shard, ShardTask task) {
    for (GraphParameter parameter : state) {
      Tensor value = requireNonNull(task.state().get(parameter.label())).tensor();
      step.set(
          parameter.label(), parameter.dtype().isFloat() ? value : shifted(value, shard.shard()));
    }
  }

  private static Tensor shifted(Tensor seeds, long shards) {
    long[] moved = new long[seeds.length()];
    Arrays.setAll(moved, i -> (long) seeds.get(i) + shards * SEEDS_APART);
    return PackedTensor.whole(seeds.type(), moved);
  }

  /** Takes one step on the next rows of a shard; returns how many there were. */
  private int step(ShardRows shard, int epoch, int number, ShardSum sum) {
    int[] order = shard.order(Seeds.of(program.seed()), epoch);
    int from = (int) Math.min(order.length, (long) number * program.batch());
    int rows = Math.min(program.batch(), order.length - from);
    Samples samples = shard.trained().orElse(null);
    if (rows == 0 || samples == null) {
      return 0;
    }
    BoundSession plan = plans.get(rows);
    if (plan == null) {
      plan = step.bind(fed(samples.rows(Arrays.copyOfRange(order, from, from + rows))));
      plans.put(rows, plan);
    } else {
      for (String name : fed) {
        plan.setRows(name, samples.get(name), order, from);
      }
    }
    plan.run();
    sum.add(rows, plan.scalar(Network.LOSS));
    return rows;
  }

  private Map<String, Tensor> fed(Samples samples) {
    Map<String, Tensor> feeds = new HashMap<>();
    fed.forEach(name -> feeds.put(name, samples.get(name)));
    return feeds;
  }

  private void heldOutLoss(ShardRows shard, ShardTask task, ShardSum sum) {
    Samples rows = shard.heldOut().orElse(null);
    if (rows == null) {
      return;
    }
    for (GraphParameter parameter : scored) {
      evaluation.set(
          parameter.label(), requireNonNull(task.state().get(parameter.label())).tensor());
    }
    sum.add(rows.count(), ValidationRows.loss(evaluation, rows));
  }

  @Override
  public void close() {
    step.close();
    evaluation.close();
  }
}
