package io.deltagraph.benchmarks;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.deltagraph.backend.Backend;
import io.deltagraph.backend.Task;
import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.GraphParameter;
import io.deltagraph.plan.Step;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.runtime.BoundSession;
import io.deltagraph.runtime.Session;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it costs to give a task to helpers and to wait for them: tasks that do nothing, one after
 * another in a run. The difference to one thread is the hand-off.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class HandOffBenchmark {
  private static final int TASKS = 1_000;

  /** How many threads share each task. */
  @Param({"1", "2", "3", "4"})
  public int threads;

  private @Nullable Session session;
  private @Nullable BoundSession bound;

  /** Builds a plan of one step. */
  @Setup(Level.Trial)
  public void start() {
    GraphBuilder builder = new GraphBuilder(OpRegistry.load());
    GraphParameter w = builder.parameter("w", TensorType.of(DType.F32));
    Session opened =
        Session.open(
            builder.graph(Map.of(), ImmutableMap.of(w, w.plus(w))),
            Session.Options.defaults().withThreads(threads).withBackend(new Idle()));
    session = opened.set("w", Tensor.scalar(1).cast(DType.F32));
    bound = opened.bind(Map.of());
  }

  /** One run of the plan. */
  @Benchmark
  @OperationsPerInvocation(TASKS)
  public void task() {
    Objects.requireNonNull(bound).run();
  }

  /** Ends the threads. */
  @TearDown(Level.Trial)
  public void end() {
    Objects.requireNonNull(session).close();
  }

  /** Does nothing for a step, many times. */
  private record Idle() implements Backend {
    @Override
    public String name() {
      return "idle";
    }

    @Override
    public Optional<List<Task>> tasks(Step step, Memory memory) {
      return Optional.of(
          ImmutableList.copyOf(Collections.nCopies(TASKS, new Nothing(memory.workers()))));
    }
  }

  /**
   * Does nothing.
   *
   * @param units one for each worker
   */
  private record Nothing(int units) implements Task {
    /** So long that it is shared without a trial. */
    @Override
    public long cost() {
      return 10_000_000;
    }

    @Override
    public void run(int from, int to, int worker) {}
  }
}
