package io.deltagraph.runtime;

import static io.deltagraph.runtime.Samples.assertBits;
import static io.deltagraph.runtime.Samples.tensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.Sets;
import io.deltagraph.backend.Task;
import io.deltagraph.graph.Graph;
import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.GraphParameter;
import io.deltagraph.graph.Value;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(120)
class ThreadsTest {

  /** A step of a small network on ragged sizes: every kind of task large enough to be shared. */
  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"F64", "F32"})
  void theBitsDoNotDependOnTheNumberOfThreads(DType dtype) {
    GraphBuilder builder = TestOps.builder();
    Value x = builder.input("x", TensorType.of(dtype, 211, 97));
    GraphParameter w = builder.parameter("w", TensorType.of(dtype, 53, 97));
    Value z = TestOps.product("ij,kj->ik", x, w);
    Value y = TestOps.loop("act", v -> v.get(0).exp().plus(1).reciprocal(), z);
    Value mean = TestOps.scale(TestOps.sum(TestOps.axes(true, 0)).of(y), 1.0 / 211);
    Value all = TestOps.sum(TestOps.axes(false)).of(TestOps.product("ij,kl->ijkl", y, mean));
    Value gradient = TestOps.product("ij,ik->jk", y, x);
    Value next = TestOps.add(w, TestOps.scale(gradient, -0.001));
    Graph graph = builder.graph(Map.of("y", y, "all", all, "mean", mean), Map.of(w, next));
    List<List<Tensor>> results = new ArrayList<>();
    for (int threads = 1; threads <= 3; threads++) {
      Session.Options options = Session.Options.defaults().withThreads(threads);
      try (Session session = Session.open(graph, options)) {
        session.set("w", tensor(2, w.type()));
        List<Tensor> seen = new ArrayList<>();
        for (int run = 0; run < 5; run++) {
          seen.addAll(session.run(Map.of("x", tensor(1, x.type()))).values());
          seen.add(session.get("w"));
        }
        results.add(seen);
      }
    }
    for (int i = 0; i < results.getFirst().size(); i++) {
      assertBits("two threads, " + i, results.get(1).get(i), results.get(0).get(i));
      assertBits("three threads, " + i, results.get(2).get(i), results.get(0).get(i));
    }
  }

  private record Marking(int units, long cost, AtomicIntegerArray seen, boolean failing)
      implements Task {
    @Override
    public void run(int from, int to, int worker) {
      for (int i = from; i < to; i++) {
        seen.incrementAndGet(i);
        if (failing && i == units - 1) {
          throw new UnsupportedOperationException("unit " + i);
        }
      }
    }
  }

  @Test
  void everyUnitIsDoneOnceWhateverTheNumberOfThreads() throws InterruptedException {
    for (int threads = 1; threads <= 4; threads++) {
      try (Workers workers = new Workers(threads)) {
        for (int units : new int[] {0, 1, 2, 3, 7, 100}) {
          for (int round = 0; round < 50; round++) {
            long cost = round % 2 == 0 ? Workers.WORTH : Workers.WORTH_WAKING;
            Marking task = new Marking(units, cost, new AtomicIntegerArray(units), false);
            workers.run(Workers.Job.of(task));
            for (int i = 0; i < units; i++) {
              assertThat(task.seen().get(i)).isEqualTo(1);
            }
          }
          // Long enough for the helpers to park.
          Thread.sleep(2);
        }
      }
    }
  }

  private static final class WhoDidIt implements Task {
    private final long cost;
    private final Thread[] seen;

    WhoDidIt(long cost, Thread[] seen) {
      this.cost = cost;
      this.seen = seen;
    }

    Thread[] seen() {
      return seen;
    }

    @Override
    public long cost() {
      return cost;
    }

    @Override
    public int units() {
      return seen.length;
    }

    @Override
    public void run(int from, int to, int worker) {
      Arrays.fill(seen, from, to, Thread.currentThread());
    }
  }

  /** Ends when each of three threads has begun a part. */
  private record Meeting(CyclicBarrier barrier, AtomicInteger met) implements Task {
    @Override
    public long cost() {
      return Workers.WORTH_WAKING;
    }

    @Override
    public int units() {
      return 3;
    }

    @Override
    public void run(int from, int to, int worker) {
      try {
        barrier.await(30, TimeUnit.SECONDS);
        met.incrementAndGet();
      } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Test
  void aShortTaskIsNotSharedAndALongOneAlways() throws InterruptedException {
    try (Workers workers = new Workers(3)) {
      for (int round = 0; round < 20; round++) {
        WhoDidIt tiny = new WhoDidIt(Workers.WORTH - 1, new Thread[9]);
        workers.run(Workers.Job.of(tiny));
        assertThat(tiny.seen()).containsOnly(Thread.currentThread());
        Meeting big = new Meeting(new CyclicBarrier(3), new AtomicInteger());
        workers.run(Workers.Job.of(big));
        assertThat(big.met().get()).isEqualTo(3);
        if (round % 5 == 0) {
          Thread.sleep(2);
        }
      }
    }
  }

  @Test
  void aTaskThatIsTooShortToWakeHelpersForWakesThemForTheNextOnes() throws InterruptedException {
    try (Workers workers = new Workers(2)) {
      boolean shared = false;
      for (int burst = 0; burst < 200 && !shared; burst++) {
        // Long enough for the helper to park.
        Thread.sleep(5);
        WhoDidIt task = new WhoDidIt(Workers.WORTH, new Thread[2]);
        workers.run(Workers.Job.of(task));
        boolean parked = task.seen()[1].equals(Thread.currentThread());
        for (int i = 0; parked && i < 100_000 && !shared; i++) {
          workers.run(Workers.Job.of(task));
          shared = !task.seen()[1].equals(Thread.currentThread());
        }
      }
      assertThat(shared).isTrue();
    }
  }

  @Test
  void whatAHelperThrowsReachesTheCallerAndTheHelpersLiveOn() {
    try (Workers workers = new Workers(3)) {
      for (int round = 0; round < 20; round++) {
        Marking bad = new Marking(9, Workers.WORTH_WAKING, new AtomicIntegerArray(9), true);
        assertThatThrownBy(() -> workers.run(Workers.Job.of(bad)))
            .isInstanceOf(UnsupportedOperationException.class)
            .hasMessage("unit 8");
        Marking good = new Marking(9, Workers.WORTH_WAKING, new AtomicIntegerArray(9), false);
        workers.run(Workers.Job.of(good));
        assertThat(good.seen().get(8)).isEqualTo(1);
      }
    }
  }

  @Test
  void closingEndsTheThreads() throws InterruptedException {
    Set<Thread> before = workerThreads();
    Workers workers = new Workers(3);
    Set<Thread> started = Sets.difference(workerThreads(), before).immutableCopy();
    assertThat(started).hasSize(2);
    workers.close();
    for (Thread thread : started) {
      thread.join(5_000);
      assertThat(thread.isAlive()).isFalse();
    }
  }

  private static Set<Thread> workerThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("deltagraph-worker-"))
        .collect(Collectors.toSet());
  }

  @Test
  void aSessionThatIsDroppedLosesItsThreads() throws InterruptedException {
    List<Thread> started = dropped();
    assertThat(started).hasSize(2);
    for (int tries = 0; tries < 100 && started.stream().anyMatch(Thread::isAlive); tries++) {
      System.gc();
      started.getFirst().join(100);
    }
    assertThat(started).noneMatch(Thread::isAlive);
  }

  @Test
  void threadsThatShareASessionTakeTurnsAndItMayBeClosedTwice() throws InterruptedException {
    GraphBuilder builder = TestOps.builder();
    GraphParameter count = builder.parameter("count", TensorType.of(DType.F64, 4000));
    Value next = TestOps.loop("next", x -> x.get(0).plus(1), count);
    Session session =
        Session.open(
            builder.graph(Map.of("next", next), Map.of(count, next)),
            Session.Options.defaults().withThreads(2));
    session.set("count", Tensor.zeros(count.type()));
    List<Thread> runners = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      runners.add(
          Thread.ofPlatform()
              .start(() -> {
                for (int run = 0; run < 250; run++) {
                  session.run(Map.of());
                }
              }));
    }
    for (Thread runner : runners) {
      runner.join();
    }
    assertThat(session.get("count").toDoubles()).containsOnly(1000);
    session.close();
    session.close();
    assertThatThrownBy(() -> session.run(Map.of())).isInstanceOf(IllegalStateException.class);
    assertThat(session.get("count").get(0)).isEqualTo(1000);
  }

  private static List<Thread> dropped() {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    GraphBuilder builder = TestOps.builder();
    Value x = builder.input("x", TensorType.of(DType.F64, 2));
    Session.open(builder.graph(Map.of("x", x)), Session.Options.defaults().withThreads(3));
    List<Thread> started = new ArrayList<>(Thread.getAllStackTraces().keySet());
    started.removeAll(before);
    started.removeIf(thread -> !thread.getName().startsWith("deltagraph-worker"));
    return started;
  }
}
