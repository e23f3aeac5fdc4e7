package io.deltagraph.runtime;

import io.deltagraph.backend.Backend;
import io.deltagraph.backend.PlanMemory;
import io.deltagraph.backend.StoredValue;
import io.deltagraph.backend.Task;
import io.deltagraph.plan.Plan;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.tiering.Sharing;
import io.deltagraph.tiering.SwitchableSteps;
import io.deltagraph.tiering.Warmer;
import io.deltagraph.tiering.WarmingStart;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Lock;

/**
 * A plan with everything that a run needs: {@link PlanMemory}, {@link Inputs}, {@link Outputs} and
 * {@link Stages}. Puts these to work in the order of a run, and tells the trials of tiers of it.
 */
final class Executable implements SwitchableSteps {
  private final Plan plan;
  private final PlanMemory memory;
  private final Inputs inputs;
  private final Outputs outputs;
  private final Stages stages;
  private final int steps;
  private final Backend backend;
  private final WarmingStart warming;
  private final Lock warmingTurn;
  private final Sharing sharing = new Sharing(System::nanoTime);
  private int sharedWith = -1;
  private volatile boolean settled;
  private volatile boolean closed;

  /**
   * Allocates.
   *
   * @param plan what to run
   * @param parameters the parameters, by name
   * @param options what makes tasks of steps, and among how many a task may be split
   * @param warmingTurn held by the one plan of a session whose steps are tried
   */
  Executable(
      Plan plan, Map<String, StoredValue> parameters, Session.Options options, Lock warmingTurn) {
    this.plan = plan;
    this.warmingTurn = warmingTurn;
    memory = new PlanMemory(plan, parameters, options.threads());
    inputs = new Inputs(memory.inputs());
    outputs = new Outputs(plan, memory);
    backend = options.backend().orElse(Backend.reference());
    boolean aside = options.warmsUp() && Warmer.takes(plan);
    stages = new Stages(plan, memory, aside ? backend.ready() : backend);
    steps = plan.steps().size();
    settled = !aside || backend.isReference();
    warming = settled ? WarmingStart.never() : WarmingStart.of(stages.cost());
  }

  Plan plan() {
    return plan;
  }

  Inputs inputs() {
    return inputs;
  }

  Outputs outputs() {
    return outputs;
  }

  Stages stages() {
    return stages;
  }

  /** Sets an input, to a tensor of its type. */
  void set(int input, Tensor tensor) {
    sharing.start();
    inputs.set(input, tensor);
    sharing.pause();
  }

  /** Sets an input to rows of a tensor, which fit. */
  void setRows(int input, Tensor tensor, int[] rows, int from) {
    sharing.start();
    inputs.setRows(input, tensor, rows, from);
    sharing.pause();
  }

  /** Sets one row of an input, which fits. */
  void setRow(int input, int row, double[] values) {
    sharing.start();
    inputs.setRow(input, row, values);
    sharing.pause();
  }

  /** Sets one element of an input. */
  void setElement(int input, int position, double value) {
    inputs.setElement(input, position, value);
  }

  /** Runs everything but the commits; copies of the outputs. */
  Map<String, Tensor> run(Map<String, Tensor> feeds, Workers workers) {
    sharing.start();
    inputs.set(feeds);
    sharing.pause();
    compute(workers);
    return outputs.copies();
  }

  /** Takes the steps. */
  void compute(Workers workers) {
    boolean share = start(workers);
    int changes = inputs.changes();
    for (int i = 0; i < steps; i++) {
      stages.take(i, changes, workers, share);
    }
  }

  /** Sets the parameters to their new values. */
  void commit(Workers workers) {
    boolean share = sharing.isShared();
    int changes = inputs.changes();
    for (int i = steps; i < stages.count(); i++) {
      stages.take(i, changes, workers, share);
    }
    sharing.end();
  }

  /** Takes the steps and commits, and notes how long each took. */
  void run(Workers workers, StepTimes times) {
    boolean share = start(workers);
    long time = times.start();
    for (int i = 0; i < stages.count(); i++) {
      stages.take(i, inputs.changes(), workers, share);
      time = times.end(i, time);
    }
    sharing.end();
  }

  /** Whether helpers take part in the run that starts now. */
  private boolean start(Workers workers) {
    if (warming.isDue()) {
      warmer(Warmer.PATIENCE).start(warming.grace());
    }
    workers.busyBeside(!settled);
    int fast = stages.fast();
    if (sharedWith != fast) {
      sharedWith = fast;
      sharing.begin(memory.forTasks().workers() > 1 ? stages.sharedCost() : 0);
    }
    sharing.start();
    return sharing.isShared();
  }

  /** What warms the steps, and says when it is done with them. */
  Warmer warmer(long patience) {
    return new Warmer(this, plan, backend, memory.forTasks(), patience, warmingTurn);
  }

  @Override
  public void replace(int step, Backend by, List<Task> tasks) {
    stages.replace(step, by, tasks);
  }

  @Override
  public void settle() {
    settled = true;
  }

  /** Whether no further step is about to change over. */
  boolean isSettled() {
    return settled;
  }

  @Override
  public boolean isClosed() {
    return closed;
  }

  void close() {
    closed = true;
  }
}
