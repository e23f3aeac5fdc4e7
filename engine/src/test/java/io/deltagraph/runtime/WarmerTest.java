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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** Steps go over to a faster backend, and come back from one that has got slow. */
class WarmerTest {
  private static final TensorType TYPE = TensorType.of(DType.F64, 4_000);
  private static final Tensor X = Tensor.generate(TYPE, i -> i % 1_000 - 500);

  /** Nanoseconds, many more than powers take. */
  private static final long SLOW = 3_000_000;

  @Test
  void whatGetsSlowIsMadeAnew() {
    Squares first = new Squares(0, new CopyOnWriteArrayList<>());
    try (Session session = session(first)) {
      BoundSession bound = session.bind(Map.of("x", X));
      until(bound, () -> bound.backend(0).equals("squares 0") && bound.isSettled());
      assertThat(bound.fastSteps()).isEqualTo(1);
      first.slow.add(0);
      until(bound, () -> bound.backend(0).equals("squares 1") && bound.isSettled());
      assertThat(bound.fastSteps()).isEqualTo(1);
    }
  }

  @Test
  void whatGetsSlowEachTimeEndsOnPlainLoops() {
    Squares first = new Squares(0, new CopyOnWriteArrayList<>());
    try (Session session = session(first)) {
      BoundSession bound = session.bind(Map.of("x", X));
      for (int generation = 0; generation < 4; generation++) {
        String name = "squares " + generation;
        until(bound, () -> bound.backend(0).equals(name) && bound.isSettled());
        first.slow.add(generation);
      }
      until(bound, () -> bound.backend(0).equals(Backend.reference().name()));
      assertThat(bound.isSettled()).isTrue();
      assertThat(bound.fastSteps()).isZero();
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

  /**
   * Multiplies, which is faster than a power, until its generation is said to be slow.
   *
   * @param generation how often it was made anew
   * @param slow the generations that are slow
   */
  private record Squares(int generation, List<Integer> slow) implements Backend {
    @Override
    public String name() {
      return "squares " + generation;
    }

    @Override
    public Optional<ImmutableList<Task>> tasks(Step step, Memory memory) {
      Buffer from = memory.of(step.inputs().get(0));
      Buffer to = memory.of(step.outputs().get(0));
      return Optional.of(ImmutableList.of(new Square(this, from, to)));
    }

    @Override
    public Backend renewed() {
      return new Squares(generation + 1, slow);
    }
  }

  private record Square(Squares backend, Buffer from, Buffer to) implements Task {
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
      if (backend.slow.contains(backend.generation)) {
        while (System.nanoTime() < start + SLOW) {
          Thread.onSpinWait();
        }
      }
    }
  }
}
