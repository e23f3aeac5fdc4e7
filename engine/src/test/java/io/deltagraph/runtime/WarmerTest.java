package io.deltagraph.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import io.deltagraph.backend.Backend;
import io.deltagraph.backend.Task;
import io.deltagraph.graph.Graph;
import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.Value;
import io.deltagraph.plan.Plan;
import io.deltagraph.plan.Planner;
import io.deltagraph.plan.Step;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.tensor.TensorBuffer;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Steps go over to a faster backend, and come back from one that has got slow. */
class WarmerTest {
  private static final TensorType TYPE = TensorType.of(DType.F64, 4_000);
  private static final Tensor X = Tensor.generate(TYPE, i -> i % 1_000 - 500);

  private static final String PLAIN = Backend.reference().name();

  /** In nanoseconds. */
  private static final long MILLISECOND = 1_000_000;

  /** Many more nanoseconds than powers take. */
  private static final long SLOW = 3 * MILLISECOND;

  @Test
  void whatGetsSlowGoesBack() {
    Squares squares = new Squares();
    goesBack(squares, squares.slow);
  }

  @Test
  void whatIsNotCompiledWellAnyMoreGoesBack() {
    Squares squares = new Squares();
    goesBack(squares, squares.allocates);
  }

  private static void goesBack(Squares squares, AtomicBoolean bad) {
    try (Session session = session(squares)) {
      BoundSession bound = session.bind(Map.of("x", X));
      until(bound, () -> bound.backend(0).equals(squares.name()) && bound.isSettled());
      assertThat(bound.fastSteps()).isEqualTo(1);
      bad.set(true);
      until(bound, () -> bound.backend(0).equals(PLAIN));
      assertThat(bound.isSettled()).isTrue();
      assertThat(bound.fastSteps()).isZero();
    }
  }

  /** As fast as it may be: its code may be another one in the next run. */
  @Test
  void whatIsNotCompiledWellIsNotSwitchedIn() {
    Squares squares = new Squares();
    squares.allocates.set(true);
    try (Session session = session(squares)) {
      BoundSession bound = session.bind(Map.of("x", X));
      long end = System.nanoTime() + 1_000_000_000L;
      until(
          bound,
          () -> {
            assertThat(bound.backend(0)).isEqualTo(PLAIN);
            return System.nanoTime() > end;
          });
      squares.allocates.set(false);
      until(bound, () -> bound.backend(0).equals(squares.name()));
    }
  }

  @Test
  @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void whatIsNeverCompiledWellIsGivenUp() {
    Squares squares = new Squares();
    squares.allocates.set(true);
    isGivenUp(squares, 5 * MILLISECOND);
    assertThat(squares.runs).hasValue(0);
  }

  @Test
  @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void whatStaysSlowIsGivenUp() {
    Squares squares = new Squares();
    squares.slow.set(true);
    isGivenUp(squares, 200 * MILLISECOND);
    assertThat(squares.runs).hasPositiveValue();
  }

  /** On a busy machine the compiler may come to it long after its time was over. */
  @Test
  @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void whatGetsFastAfterItWasGivenUpGoesOver() {
    Squares squares = new Squares();
    squares.slow.set(true);
    Executable executable = executable(squares);
    Thread.ofPlatform().daemon().start(executable.warmer(200 * MILLISECOND));
    while (!executable.isSettled()) {
      Thread.onSpinWait();
    }
    assertOnPlainLoops(executable);
    squares.slow.set(false);
    while (executable.stages().fast() == 0) {
      Thread.onSpinWait();
    }
    assertThat(executable.stages().backend(0)).isEqualTo(squares);
    executable.close();
  }

  @Test
  void whatGetsFastAgainComesBack() {
    Squares squares = new Squares();
    try (Session session = session(squares)) {
      BoundSession bound = session.bind(Map.of("x", X));
      until(bound, () -> bound.backend(0).equals(squares.name()) && bound.isSettled());
      squares.slow.set(true);
      until(bound, () -> bound.backend(0).equals(PLAIN));
      squares.slow.set(false);
      until(bound, () -> bound.backend(0).equals(squares.name()));
    }
  }

  /** It is arranged once; what every run does decides. */
  @Test
  void howLongAnInputIsArrangedDoesNotCount() {
    Squares squares = new Squares();
    squares.arranges = true;
    try (Session session = session(squares)) {
      BoundSession bound = session.bind(Map.of("x", X));
      until(bound, () -> bound.backend(0).equals(squares.name()) && bound.isSettled());
    }
  }

  /** It stays on plain loops and gives the results of these, on the way and from then on. */
  private static void isGivenUp(Squares squares, long patience) {
    Executable executable = executable(squares);
    List<Boolean> settled = new ArrayList<>();
    squares.rehearsed =
        size -> {
          if (settled.isEmpty()) {
            settled.add(executable.isSettled());
            assertOnPlainLoops(executable);
          }
        };
    executable.warmer(patience).run();
    assertThat(settled).containsExactly(false);
    assertThat(executable.isSettled()).isTrue();
    assertOnPlainLoops(executable);
  }

  private static void assertOnPlainLoops(Executable executable) {
    assertThat(executable.stages().backend(0)).isEqualTo(Backend.reference());
    assertThat(executable.stages().fast()).isZero();
    try (Workers workers = new Workers(1)) {
      assertThat(executable.run(Map.of("x", X), workers).get("y").get(0)).isEqualTo(500.0 * 500.0);
    }
  }

  /** On a busy machine the compiler is late too: only the time that this thread gets counts. */
  @Test
  @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void waitingDoesNotCount() {
    Squares squares = new Squares();
    squares.allocates.set(true);
    AtomicInteger waits = new AtomicInteger();
    squares.rehearsed =
        size -> {
          if (waits.get() < 40) {
            waits.getAndIncrement();
            LockSupport.parkNanos(5 * MILLISECOND);
          }
        };
    executable(squares).warmer(100 * MILLISECOND).run();
    assertThat(waits).hasValue(40);
  }

  /** The costliest three are tried; the others would fare no better. */
  @Test
  @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void whereNothingIsCompiledWellAllIsGivenUp() {
    Squares squares = new Squares();
    squares.allocates.set(true);
    Set<Integer> sizes = new HashSet<>();
    squares.rehearsed = sizes::add;
    Executable executable = executable(squares, 3_000, 2_000, 1_000, 500);
    executable.warmer(20 * MILLISECOND).run();
    assertThat(executable.isSettled()).isTrue();
    assertThat(sizes).containsExactlyInAnyOrder(4_000, 3_000, 2_000);
  }

  /** As soon as a step is fast, each of the others has its own time, from its first turn on. */
  @Test
  void whereSomethingIsCompiledWellOthersGoOn() {
    long patience = 200 * MILLISECOND;
    Squares squares = new Squares();
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    AtomicLong first = new AtomicLong();
    AtomicLong costliest = new AtomicLong();
    AtomicLong cheapest = new AtomicLong();
    Executable executable = executable(squares, 3_000, 2_000, 1_000);
    squares.rehearsed =
        size -> {
          if (executable.isSettled()) {
            return; // a later chance of both
          }
          long now = threads.getCurrentThreadCpuTime();
          first.compareAndSet(0, now);
          boolean early = now < first.get() + patience / 2;
          squares.allocates.set(early || size == 4_000 || size == 1_000);
          switch (size) {
            case 4_000 -> costliest.set(now);
            case 1_000 -> cheapest.set(now);
            default -> {}
          }
        };
    Thread.ofPlatform().daemon().start(executable.warmer(patience));
    long end = System.nanoTime() + 30_000 * MILLISECOND;
    while (!executable.isSettled() && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    executable.close();
    assertThat(executable.isSettled()).isTrue();
    assertThat(cheapest.get()).isGreaterThan(costliest.get() + patience / 4);
  }

  private static Executable executable(Backend backend, int... sizes) {
    Plan plan = Planner.plan(graph(sizes), Map.of());
    return new Executable(
        plan, Map.of(), Session.Options.defaults().warming(backend), new ReentrantLock());
  }

  /** The bits stay the same all the way. */
  private static void until(BoundSession bound, BooleanSupplier reached) {
    long end = System.nanoTime() + 30_000_000_000L;
    while (!reached.getAsBoolean()) {
      assertThat(System.nanoTime()).as("time, on %s", bound.backend(0)).isLessThan(end);
      bound.run();
      assertThat(bound.scalar("y")).isEqualTo(500.0 * 500.0);
    }
  }

  private static Session session(Backend backend) {
    return Session.open(graph(), Session.Options.defaults().warming(backend));
  }

  /** Squares of x and others. */
  private static Graph graph(int... others) {
    GraphBuilder builder = TestOps.builder();
    Map<String, Value> outputs = new LinkedHashMap<>();
    outputs.put("y", square(builder.input("x", TYPE)));
    for (int size : others) {
      outputs.put("y" + size, square(builder.input("x" + size, TensorType.of(DType.F64, size))));
    }
    return builder.graph(outputs);
  }

  private static Value square(Value x) {
    return TestOps.loop("square", v -> v.get(0).pow(v.get(0).constant(2)), x);
  }

  /** Multiplies, which is faster than a power. */
  private static final class Squares implements Backend {
    /** Whether it is slow. */
    private final AtomicBoolean slow = new AtomicBoolean();

    /** Whether its rehearsal makes objects. */
    private final AtomicBoolean allocates = new AtomicBoolean();

    /** How often it was run other than for rehearsal. */
    private final AtomicInteger runs = new AtomicInteger();

    /** Whether it first arranges its input, slowly. */
    private boolean arranges;

    /** Takes the number of elements in each run of a rehearsal. */
    private IntConsumer rehearsed = size -> {};

    private int[] made = {};

    @Override
    public String name() {
      return "squares";
    }

    @Override
    public Optional<List<Task>> tasks(Step step, Memory memory) {
      Square square = new Square(step, memory, size -> run());
      return Optional.of(
          arranges
              ? ImmutableList.of(new Arrangement(square.from()), square)
              : ImmutableList.of(square));
    }

    private void run() {
      runs.getAndIncrement();
      long start = System.nanoTime();
      while (slow.get() && System.nanoTime() < start + SLOW) {
        Thread.onSpinWait();
      }
    }

    @Override
    public Optional<List<Task>> rehearsal(Step step, Memory memory) {
      return Optional.of(ImmutableList.of(new Square(step, memory, this::rehearse)));
    }

    private void rehearse(int size) {
      rehearsed.accept(size);
      if (allocates.get()) {
        made = new int[made.length % 2 + 1];
      }
    }
  }

  /** Takes its time. */
  private record Arrangement(TensorBuffer from) implements Task {
    @Override
    public int units() {
      return 1;
    }

    @Override
    public long cost() {
      return SLOW;
    }

    @Override
    public Optional<TensorBuffer> arranges() {
      return Optional.of(from);
    }

    @Override
    public void run(int first, int last, int worker) {
      LockSupport.parkNanos(SLOW);
    }
  }

  private record Square(int size, TensorBuffer from, TensorBuffer to, IntConsumer before)
      implements Task {
    Square(Step step, Backend.Memory memory, IntConsumer before) {
      TensorBuffer from = memory.of(step.inputs().get(0));
      this(step.outputs().get(0).elements(), from, memory.of(step.outputs().get(0)), before);
    }

    @Override
    public int units() {
      return 1;
    }

    @Override
    public long cost() {
      return 10_000;
    }

    @Override
    public void run(int first, int last, int worker) {
      before.accept(size);
      double[] x = (double[]) from.array();
      double[] y = (double[]) to.array();
      for (int i = 0; i < size; i++) {
        y[i] = x[i] * x[i];
      }
    }
  }
}
