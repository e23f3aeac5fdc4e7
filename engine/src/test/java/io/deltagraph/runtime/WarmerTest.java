package io.deltagraph.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.Value;
import io.deltagraph.plan.Step;
import io.deltagraph.tensor.Buffer;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** Steps go over to a faster backend, and come back from one that has got slow. */
class WarmerTest {
  private static final TensorType TYPE = TensorType.of(DType.F64, 4_000);
  private static final Tensor X = Tensor.generate(TYPE, i -> i % 1_000 - 500);

  private static final String PLAIN = Backend.reference().name();

  /** Nanoseconds, many more than powers take. */
  private static final long SLOW = 3_000_000;

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
  void whatStaysSlowIsGivenUp() {
    Squares squares = new Squares();
    squares.slow.set(true);
    try (Session session = session(squares)) {
      BoundSession bound = session.bind(Map.of("x", X));
      until(bound, bound::isSettled);
      assertThat(bound.backend(0)).isEqualTo(PLAIN);
    }
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
    GraphBuilder builder = TestOps.builder();
    Value x = builder.input("x", TYPE);
    Value y = TestOps.loop("square", v -> v.get(0).pow(v.get(0).constant(2)), x);
    return Session.open(builder.graph(Map.of("y", y)), new Session.Options(1, 8, backend, true));
  }

  /** Multiplies, which is faster than a power. */
  private static final class Squares implements Backend {
    /** Whether it is slow. */
    private final AtomicBoolean slow = new AtomicBoolean();

    /** Whether its rehearsal makes objects. */
    private final AtomicBoolean allocates = new AtomicBoolean();

    @Override
    public String name() {
      return "squares";
    }

    @Override
    public Optional<ImmutableList<Task>> tasks(Step step, Memory memory) {
      return Optional.of(ImmutableList.of(task(step, memory, new AtomicBoolean())));
    }

    @Override
    public Optional<ImmutableList<Task>> rehearsal(Step step, Memory memory) {
      return Optional.of(ImmutableList.of(task(step, memory, allocates)));
    }

    private Task task(Step step, Memory memory, AtomicBoolean makes) {
      Buffer from = memory.of(step.inputs().get(0));
      Buffer to = memory.of(step.outputs().get(0));
      return new Square(from, to, slow, makes, new AtomicReference<>(new int[0]));
    }
  }

  private record Square(
      Buffer from,
      Buffer to,
      AtomicBoolean slow,
      AtomicBoolean allocates,
      AtomicReference<int[]> made)
      implements Task {
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
      long start = System.nanoTime();
      double[] x = (double[]) from.array();
      double[] y = (double[]) to.array();
      for (int i = 0; i < TYPE.shape().elements(); i++) {
        y[i] = x[i] * x[i];
      }
      if (allocates.get()) {
        made.set(new int[4]);
      }
      if (slow.get()) {
        while (System.nanoTime() < start + SLOW) {
          Thread.onSpinWait();
        }
      }
    }
  }
}
