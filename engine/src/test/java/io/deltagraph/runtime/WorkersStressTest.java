package io.deltagraph.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltagraph.backend.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Hand-offs in great number where processors are scarce: none is lost, and none waits for ever. */
class WorkersStressTest {
  private static final long DEADLINE_MILLIS = 60_000;

  private static final int CALLERS = 4;

  /** More threads than processors, others that take their time, interrupts, pauses and errors. */
  @Test
  void everyTaskEndsWhateverHappens() throws InterruptedException {
    List<Thread> load = new ArrayList<>();
    for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
      load.add(Thread.ofPlatform().daemon().unstarted(WorkersStressTest::burn));
    }
    load.forEach(Thread::start);
    try {
      List<Job> jobs = new ArrayList<>();
      for (int seed = 0; seed < CALLERS; seed++) {
        int number = seed;
        jobs.add(new Job("caller " + seed, () -> caller(number)));
      }
      for (Job job : jobs) {
        job.end();
      }
    } finally {
      load.forEach(Thread::interrupt);
    }
  }

  private static void burn() {
    while (!Thread.currentThread().isInterrupted()) {
      Thread.onSpinWait();
    }
  }

  private static void caller(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int helpers = Runtime.getRuntime().availableProcessors();
    for (int group = 0; group < 6; group++) {
      int threads = random.nextInt(2, helpers + 3);
      try (Workers workers = new Workers(threads)) {
        for (int round = 0; round < 300; round++) {
          Counting task = Counting.random(random);
          if (random.nextInt(50) == 0) {
            Thread.currentThread().interrupt();
          }
          if (random.nextInt(10) == 0) {
            workers.busyBeside(random.nextBoolean());
          }
          try {
            workers.run(Workers.Job.of(task));
            assertThat(task.failing).isNegative();
          } catch (UnsupportedOperationException e) {
            assertThat(e).hasMessage("unit " + task.failing);
          }
          assertThat(task.wrong())
              .as("caller %d, group %d with %d threads, round %d", seed, group, threads, round)
              .isZero();
          boolean interrupted = Thread.interrupted();
          if (!interrupted && random.nextInt(100) == 0) {
            pause(random.nextInt(3));
          }
        }
      }
    }
  }

  /** A session may be closed while another thread is in the middle of a task. */
  @Test
  void closingNeverStopsATask() throws InterruptedException {
    new Job(
            "closing",
            () -> {
              SplittableRandom random = new SplittableRandom(5);
              for (int round = 0; round < 3_000; round++) {
                Workers workers = new Workers(2);
                Thread closer = Thread.ofPlatform().daemon().start(workers::close);
                for (int i = 0; i < 8; i++) {
                  Counting task = new Counting(6, Workers.WORTH_WAKING, -1);
                  workers.run(Workers.Job.of(task));
                  assertThat(task.wrong()).as("round %d, task %d", round, i).isZero();
                }
                pause(random.nextInt(200) == 0 ? 1 : 0);
                join(closer);
              }
            })
        .end();
  }

  /** What the caller's own part throws hides what helpers throw, which is not kept for later. */
  @Test
  void anErrorIsThrownOnce() {
    try (Workers workers = new Workers(3)) {
      for (int round = 0; round < 200; round++) {
        Task bad = new Failing();
        assertThatThrownBy(() -> workers.run(Workers.Job.of(bad)))
            .isInstanceOf(UnsupportedOperationException.class);
        Counting good = new Counting(9, Workers.WORTH_WAKING, -1);
        workers.run(Workers.Job.of(good));
        assertThat(good.wrong()).isZero();
      }
    }
  }

  /** The net under these tests: a task that never ends is reported, with where it stands. */
  @Test
  void whatHangsIsSeen() throws InterruptedException {
    Job job = new Job("sleeper", () -> pause(60_000), 50);
    assertThatThrownBy(job::end)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("sleeper")
        .hasMessageContaining("pause");
  }

  private static void pause(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Work on a thread of its own, with a deadline. */
  private static final class Job {
    private final AtomicReference<Throwable> thrown = new AtomicReference<>();
    private final Thread thread;
    private final long millis;

    Job(String name, Runnable work) {
      this(name, work, DEADLINE_MILLIS);
    }

    Job(String name, Runnable work, long millis) {
      this.millis = millis;
      thread =
          Thread.ofPlatform()
              .daemon()
              .name(name)
              .uncaughtExceptionHandler((t, e) -> thrown.set(e))
              .start(work);
    }

    void end() throws InterruptedException {
      thread.join(millis);
      if (thread.isAlive()) {
        throw new AssertionError(thread.getName() + " hangs in " + List.of(thread.getStackTrace()));
      }
      assertThat(thrown.get()).as(thread.getName()).isNull();
    }
  }

  private record Failing() implements Task {
    @Override
    public int units() {
      return 9;
    }

    @Override
    public long cost() {
      return Workers.WORTH_WAKING;
    }

    @Override
    public void run(int from, int to, int worker) {
      throw new UnsupportedOperationException("units from " + from);
    }
  }

  /** Counts how often each unit is done; one of them throws, if that is not negative. */
  private static final class Counting implements Task {
    private final AtomicIntegerArray seen;
    private final long cost;
    private final int failing;

    Counting(int units, long cost, int failing) {
      this.seen = new AtomicIntegerArray(units);
      this.cost = cost;
      this.failing = failing;
    }

    static Counting random(SplittableRandom random) {
      int units = random.nextInt(40);
      boolean fails = units > 0 && random.nextInt(20) == 0;
      return new Counting(
          units,
          random.nextBoolean() ? Workers.WORTH : Workers.WORTH_WAKING,
          fails ? random.nextInt(units) : -1);
    }

    @Override
    public int units() {
      return seen.length();
    }

    @Override
    public long cost() {
      return cost;
    }

    @Override
    public void run(int from, int to, int worker) {
      for (int i = from; i < to; i++) {
        seen.incrementAndGet(i);
      }
      if (from <= failing && failing < to) {
        throw new UnsupportedOperationException("unit " + failing);
      }
    }

    /** How many units were not done exactly once. */
    int wrong() {
      int wrong = 0;
      for (int i = 0; i < seen.length(); i++) {
        wrong += seen.get(i) == 1 ? 0 : 1;
      }
      return wrong;
    }
  }
}
