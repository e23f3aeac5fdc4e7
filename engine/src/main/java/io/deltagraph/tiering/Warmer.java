package io.deltagraph.tiering;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.deltagraph.backend.Backend;
import io.deltagraph.backend.PlanMemory;
import io.deltagraph.backend.Task;
import io.deltagraph.plan.Plan;
import io.deltagraph.plan.Step;
import io.deltagraph.type.DType;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Tries the tasks of a faster backend in a thread and on memory of its own, and lets each step go
 * over to them once they beat the plain loops. Code of vectors is a thousand times slower than
 * plain loops until the compiler has dealt with it. When that is is a matter of luck; the bits are
 * the same before and after. A step whose fast tasks stay slow keeps the plain loops. For some time
 * afterwards the warmer looks whether steps stay fast, since the compiler may compile their code
 * again, and worse; and whether others have become so.
 */
public final class Warmer implements Runnable {
  /** How long a step is tried before it is given up, in nanoseconds of this thread's time. */
  public static final long PATIENCE = 3_000_000_000L;

  /** How long a round through the steps takes at most; the next begins with the costliest again. */
  private static final long ROUND = 5_000_000;

  /** How many steps are rehearsed in a round: the compiler takes them one after another anyway. */
  private static final int TOGETHER = 3;

  /** How long steps are watched after the trials, and how often, in milliseconds. */
  private static final long WATCH = 10_000;

  private static final long BETWEEN_LOOKS = 200;

  /** Steps that were given up have later chances for so many times the patience. */
  private static final int LATER = 10;

  /** A larger plan gets its fast tasks untried: a second copy of its memory would be too much. */
  private static final long MOST_BYTES = 1L << 30;

  private final WeakReference<SwitchableSteps> steps;
  private final Plan plan;
  private final Backend backend;
  private final Backend.Memory memory;
  private final long patience;
  private final Lock turn;
  private final List<WarmerTrial> open = new ArrayList<>();
  private final List<WarmerTrial> switched = new ArrayList<>();
  private final List<WarmerTrial> givenUp = new ArrayList<>();
  private boolean shared;

  /**
   * What warms the steps of a plan.
   *
   * @param steps those that run, which may be dropped meanwhile
   * @param memory the buffers that they run on
   * @param patience how long a step is tried before it is given up, in nanoseconds of the time that
   *     this thread gets
   * @param turn held while steps are tried: those of several plans would have the compiler work on
   *     all of them at once, and be done with each as late as with the last
   */
  public Warmer(
      SwitchableSteps steps,
      Plan plan,
      Backend backend,
      Backend.Memory memory,
      long patience,
      Lock turn) {
    this.steps = new WeakReference<>(steps);
    this.plan = plan;
    this.backend = backend;
    this.memory = memory;
    this.patience = patience;
    this.turn = turn;
  }

  /**
   * Begins, in a thread of its own, to find out for which dtypes the loop that all plans share is
   * fast.
   */
  public static void prepare(Backend backend, Set<DType> dtypes) {
    if (!backend.isReference()) {
      backend.rows().ifPresent(rows -> daemon(() -> RowRehearsal.learn(rows, dtypes)));
    }
  }

  private static void daemon(Runnable work) {
    Thread.ofPlatform().daemon().name("deltagraph-warmer").start(work);
  }

  /** Whether a plan is small enough for its fast tasks to be tried aside. */
  public static boolean takes(Plan plan) {
    return plan.bytes() <= MOST_BYTES;
  }

  /**
   * Begins, in a thread of its own: at once with what all plans share, with the plan's own kernels
   * later.
   *
   * @param grace how much later, in nanoseconds
   */
  public void start(long grace) {
    daemon(() -> {
      if (begin(grace)) {
        run();
      }
    });
  }

  private boolean begin(long grace) {
    try {
      shareRows();
      Thread.sleep(grace / 1_000_000);
      return isNeeded();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      fails(e);
    }
    settle();
    return false;
  }

  /** Tries, then watches. Whatever goes wrong here, the plain loops go on. */
  @Override
  public void run() {
    try {
      turn.lockInterruptibly();
      try {
        PlanMemory shadow = PlanMemory.toTryTasksOn(plan);
        shareRows();
        List<Step> all = all();
        for (int i = 0; i < all.size(); i++) {
          open(i, all.get(i), shadow);
        }
        warm();
      } finally {
        turn.unlock();
      }
      settle();
      watch();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      fails(e);
    } finally {
      settle();
    }
  }

  private void fails(Throwable e) {
    System.getLogger(Warmer.class.getName())
        .log(
            System.Logger.Level.WARNING,
            "The backend " + backend.name() + " fails while it is warmed; plain loops go on.",
            e);
  }

  private List<Step> all() {
    return ImmutableList.<Step>builder().addAll(plan.steps()).addAll(plan.commits()).build();
  }

  /** Lets products go over to the inner loop that all plans share, where that gets fast. */
  private void shareRows() {
    if (shared) {
      return;
    }
    shared = true;
    List<Step> all = all();
    Set<DType> dtypes =
        all.stream()
            .filter(Step.Product.class::isInstance)
            .map(step -> ((Step.Product) step).left().type().dtype())
            .filter(DType::isFloat)
            .collect(ImmutableSet.toImmutableSet());
    backend.rows().ifPresent(rows -> RowRehearsal.learn(rows, dtypes));
    Backend ready = backend.ready();
    for (int i = 0; !ready.isReference() && i < all.size(); i++) {
      goOver(i, all.get(i), ready);
    }
  }

  private void open(int number, Step step, PlanMemory shadow) {
    Optional<List<Task>> tasks = backend.tasks(step, shadow.forTasks());
    Optional<List<Task>> rehearsal = backend.rehearsal(step, shadow.forTasks());
    if (tasks.isPresent() && rehearsal.isPresent()) {
      List<Task> fast = everyRun(tasks.get(), shadow);
      List<Task> loops = everyRun(loops(step, shadow.forTasks()).tasks(), shadow);
      open.add(new WarmerTrial(number, step, fast, rehearsal.get(), loops, patience));
    }
  }

  /** Those that are timed: what is arranged once for an input is no part of a run. */
  private static List<Task> everyRun(List<Task> tasks, PlanMemory shadow) {
    return tasks.stream()
        .filter(task -> !shadow.isArrangementOfGiven(task))
        .collect(ImmutableList.toImmutableList());
  }

  /** Tasks of a step, and whose they are. */
  private record Choice(Backend backend, List<Task> tasks) {}

  /** What a step runs on that does not run on the backend. */
  private Choice loops(Step step, Backend.Memory on) {
    Backend ready = backend.ready();
    return ready
        .tasks(step, on)
        .map(tasks -> new Choice(ready, tasks))
        .orElseGet(() -> {
          Backend plain = Backend.reference();
          return new Choice(plain, plain.tasks(step, on).orElseThrow());
        });
  }

  private void settle() {
    SwitchableSteps target = steps.get();
    if (target != null) {
      target.settle();
    }
  }

  private boolean isNeeded() {
    SwitchableSteps target = steps.get();
    return target != null && !target.isClosed();
  }

  /** Tries all steps, the costliest first. */
  private void warm() throws InterruptedException {
    open.sort(Comparator.comparingLong(WarmerTrial::cost).reversed());
    while (!open.isEmpty() && isNeeded()) {
      long start = System.nanoTime();
      int rehearsing = 0;
      for (WarmerTrial trial : List.copyOf(open)) {
        rehearsing += trial.isRehearsing() ? 1 : 0;
        if (trial.isRehearsing() && rehearsing > TOGETHER) {
          continue;
        }
        switch (trial.turn()) {
          case WARMING -> {}
          case FAST -> {
            open.remove(trial);
            switched.add(trial);
            goOver(trial.number(), trial.step(), backend);
          }
          case HOPELESS -> {
            // With the quick compiler alone nothing is ever compiled well: all others would fail
            // too.
            if (trial.isRehearsing() && switched.isEmpty()) {
              open.removeIf(WarmerTrial::isRehearsing);
            } else {
              open.remove(trial);
              givenUp.add(trial);
            }
          }
        }
        if (System.nanoTime() - start > ROUND) {
          break;
        }
      }
      // The compiler may need this processor, and what it is at work on gets no faster meanwhile.
      long took = System.nanoTime() - start;
      Thread.sleep(Math.max(1, took / 1_000_000));
    }
  }

  private void goOver(int number, Step step, Backend by) {
    by.tasks(step, memory).ifPresent(tasks -> replace(number, new Choice(by, tasks)));
  }

  private void replace(int number, Choice by) {
    SwitchableSteps target = steps.get();
    if (target != null) {
      target.replace(number, by.backend(), by.tasks());
    }
  }

  /**
   * Takes steps back to the loops that have got slow, and lets others go over that have got fast
   * late: these are looked at after twice as long each time.
   */
  private void watch() throws InterruptedException {
    long later = LATER * patience / 1_000_000;
    for (int look = 1; isNeeded(); look++) {
      long time = look * BETWEEN_LOOKS;
      boolean watching = time <= WATCH && !switched.isEmpty();
      if (!watching && (time > later || givenUp.isEmpty())) {
        return;
      }
      Thread.sleep(BETWEEN_LOOKS);
      if (watching) {
        move(
            switched,
            givenUp,
            WarmerTrial::hasSlowedDown,
            trial -> replace(trial.number(), loops(trial.step(), memory)));
      }
      if (Integer.bitCount(look) == 1) {
        move(
            givenUp,
            switched,
            WarmerTrial::catchesUp,
            trial -> goOver(trial.number(), trial.step(), backend));
      }
    }
  }

  private void move(
      List<WarmerTrial> from,
      List<WarmerTrial> to,
      Predicate<WarmerTrial> moves,
      Consumer<WarmerTrial> change) {
    for (WarmerTrial trial : List.copyOf(from)) {
      if (moves.test(trial)) {
        from.remove(trial);
        to.add(trial);
        change.accept(trial);
      }
    }
  }
}
