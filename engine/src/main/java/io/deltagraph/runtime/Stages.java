package io.deltagraph.runtime;

import com.google.common.collect.ImmutableList;
import io.deltagraph.backend.Backend;
import io.deltagraph.backend.PlanMemory;
import io.deltagraph.backend.Task;
import io.deltagraph.plan.Plan;
import io.deltagraph.plan.Step;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What the steps of a plan, and then its commits, run on: for each of them the tasks of one
 * backend, which another thread may replace between two runs.
 */
final class Stages {
  private static final VarHandle STAGES = MethodHandles.arrayElementVarHandle(Stage[].class);

  private final PlanMemory memory;
  private final Stage[] stages;
  private final AtomicInteger fast = new AtomicInteger();

  /** Begins with the tasks of a backend, and with plain loops for steps that it leaves to these. */
  Stages(Plan plan, PlanMemory memory, Backend backend) {
    this.memory = memory;
    ImmutableList<Step> steps =
        ImmutableList.<Step>builder().addAll(plan.steps()).addAll(plan.commits()).build();
    stages = steps.stream().map(step -> stage(step, backend)).toArray(Stage[]::new);
  }

  private Stage stage(Step step, Backend backend) {
    return backend
        .tasks(step, memory.forTasks())
        .map(tasks -> stage(backend, tasks))
        .orElseGet(() -> {
          Backend loops = Backend.reference();
          return stage(loops, loops.tasks(step, memory.forTasks()).orElseThrow());
        });
  }

  private Stage stage(Backend backend, List<Task> tasks) {
    List<Task> once = new ArrayList<>(tasks);
    once.removeIf(task -> !memory.isArrangementOfGiven(task));
    List<Task> always = new ArrayList<>(tasks);
    always.removeAll(once);
    return new Stage(backend, jobs(once), jobs(always));
  }

  private static Workers.Job[] jobs(List<Task> tasks) {
    return tasks.stream().map(Workers.Job::of).toArray(Workers.Job[]::new);
  }

  /** The tasks of a step: some run once for given inputs, the others in every run. */
  private static final class Stage {
    private final Backend backend;
    private final Workers.Job[] once;
    private final Workers.Job[] always;
    private int seen = -1;

    Stage(Backend backend, Workers.Job[] once, Workers.Job[] always) {
      this.backend = backend;
      this.once = once;
      this.always = always;
    }
  }

  private Stage stage(int step) {
    return (Stage) STAGES.getAcquire(stages, step);
  }

  /** The number of steps and commits. */
  int count() {
    return stages.length;
  }

  /**
   * Takes a step.
   *
   * @param changes how often an input was set so far
   * @param share whether helpers take part
   */
  void take(int step, int changes, Workers workers, boolean share) {
    Stage stage = stage(step);
    if (stage.seen != changes) {
      run(stage.once, workers, share);
      stage.seen = changes;
    }
    run(stage.always, workers, share);
  }

  private static void run(Workers.Job[] jobs, Workers workers, boolean share) {
    for (Workers.Job job : jobs) {
      if (share) {
        workers.run(job);
      } else {
        job.alone();
      }
    }
  }

  /** Lets a step run on those tasks from its next run on. */
  void replace(int step, Backend by, List<Task> tasks) {
    boolean wasFast = !backend(step).isReference();
    STAGES.setRelease(stages, step, stage(by, tasks));
    fast.addAndGet((by.isReference() ? 0 : 1) - (wasFast ? 1 : 0));
  }

  /** What does a step's work now. */
  Backend backend(int step) {
    return stage(step).backend;
  }

  /** How many steps have gone over to the tasks of a faster backend. */
  int fast() {
    return fast.get();
  }

  /** About how long a run takes without helpers, in nanoseconds. */
  long cost() {
    return Arrays.stream(stages)
        .flatMap(stage -> Arrays.stream(stage.always))
        .mapToLong(Workers.Job::cost)
        .sum();
  }

  /** About how long all tasks take together that are long enough to be shared, in nanoseconds. */
  long sharedCost() {
    long nanos = 0;
    for (int i = 0; i < stages.length; i++) {
      Stage stage = stage(i);
      nanos += sharedCost(stage.once) + sharedCost(stage.always);
    }
    return nanos;
  }

  private static long sharedCost(Workers.Job[] jobs) {
    long nanos = 0;
    for (Workers.Job job : jobs) {
      nanos += job.isShared() ? job.cost() : 0;
    }
    return nanos;
  }
}
