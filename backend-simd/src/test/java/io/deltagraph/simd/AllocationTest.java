package io.deltagraph.simd;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Sets;
import com.sun.management.ThreadMXBean;
import io.deltagraph.backend.Backend;
import io.deltagraph.backend.Task;
import io.deltagraph.gradient.Gradient;
import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.GraphParameter;
import io.deltagraph.graph.Value;
import io.deltagraph.optimizers.Adam;
import io.deltagraph.optimizers.GradientDescent;
import io.deltagraph.optimizers.Optimizer;
import io.deltagraph.optimizers.OptimizerStep;
import io.deltagraph.plan.Step;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.runtime.BoundSession;
import io.deltagraph.runtime.Session;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.tensor.TensorBuffer;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The steps of a settled plan allocate nothing, neither on the calling thread nor on helpers. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class AllocationTest {
  private static final OpRegistry OPS = OpRegistry.load();
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** One backend for all tests, so that kernels are compiled once. */
  private static final Backend VECTORS = new SimdBackend();

  /** How many steps in a row have to allocate nothing. */
  private static final int STEPS = 100;

  /** A cost at which tasks are shared with helpers without timing them first. */
  private static final long SURE = 5_000_000;

  /** How long to wait for it: as long as a kernel is not compiled, its vectors are objects. */
  private static final long MOST_NANOS = 10_000_000_000L;

  @ParameterizedTest
  @CsvSource({
    "F32, 1, false", "F32, 2, false", "F64, 1, false", "F64, 2, false",
    "F32, 1, true", "F32, 2, true", "F64, 1, true", "F64, 2, true"
  })
  void aStepAllocatesNothing(DType dtype, int threads, boolean vectors) {
    Backend backend = vectors ? VECTORS : Backend.reference();
    Session.Options options =
        new Session.Options(threads, 8, Optional.of(new Shared(backend, -1)), vectors);
    for (Optimizer optimizer : List.of(new GradientDescent(0.1), new Adam(0.001))) {
      assertThat(leastBytes(options, dtype, optimizer, MOST_NANOS))
          .as("bytes of %d steps with %s", STEPS, optimizer.name())
          .isZero();
    }
  }

  /** The check sees a task that makes an array, on whatever thread. */
  @ParameterizedTest
  @CsvSource({"1, 0", "2, 0", "2, 1"})
  void anArrayThatATaskMakesIsSeen(int threads, int worker) {
    Session.Options options =
        Session.Options.defaults()
            .withThreads(threads)
            .withBackend(new Shared(Backend.reference(), worker));
    assertThat(leastBytes(options, DType.F32, new GradientDescent(0.1), 300_000_000)).isPositive();
  }

  /** The fewest bytes that {@link #STEPS} steps in a row allocate, on all threads together. */
  private static long leastBytes(
      Session.Options options, DType dtype, Optimizer optimizer, long most) {
    Set<Thread> before = workers();
    try (TrainedNet training = TrainedNet.start(options, dtype, optimizer)) {
      Set<Thread> workers = Sets.difference(workers(), before);
      assertThat(workers).hasSize(options.threads() - 1);
      long[] threads =
          Sets.union(workers, Set.of(Thread.currentThread())).stream()
              .mapToLong(Thread::threadId)
              .toArray();
      BoundSession bound = training.bound();
      Tensor other = Tensor.generate(TensorType.of(dtype, 64, 60), i -> Math.cos(i));
      while (!bound.isSettled()) {
        bound.run();
      }
      assertThat(bound.fastSteps() > 0).isEqualTo(options.warmsUp());
      long least = Long.MAX_VALUE;
      long start = System.nanoTime();
      while (least > 0 && System.nanoTime() - start < most) {
        long bytes = -allocated(threads);
        double losses = 0;
        for (int i = 0; i < STEPS; i++) {
          bound.set("x", other);
          bound.run();
          losses += bound.scalar("loss");
        }
        bytes += allocated(threads);
        assertThat(losses).isFinite();
        least = Math.min(least, bytes);
      }
      return least;
    }
  }

  private static long allocated(long[] threads) {
    long bytes = 0;
    for (long thread : threads) {
      bytes += THREADS.getThreadAllocatedBytes(thread);
    }
    return bytes;
  }

  private static Set<Thread> workers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("deltagraph-worker"))
        .collect(Collectors.toSet());
  }

  /** A net of two layers and softmax with cross entropy, trained by an optimizer. */
  private record TrainedNet(Session session, BoundSession bound) implements AutoCloseable {

    static TrainedNet start(Session.Options options, DType dtype, Optimizer optimizer) {
      GraphBuilder builder = new GraphBuilder(OPS);
      Value x = builder.input("x", TensorType.of(dtype, 64, 60));
      Value targets = builder.input("t", TensorType.of(dtype, 64, 10));
      Map<GraphParameter, Tensor> values = new LinkedHashMap<>();
      Map<GraphParameter, Value> gradients = new LinkedHashMap<>();
      Value hidden = layer(layer(x, 50, values).op("relu"), 10, values);
      Value loss = hidden.op("softmax_cross_entropy", targets);
      Gradient gradient = Gradient.of(loss, List.copyOf(values.keySet()));
      values.keySet().forEach(p -> gradients.put(p, gradient.wrt(p)));
      OptimizerStep step = optimizer.step(gradients);
      values.putAll(step.initialState());
      Session session = Session.open(builder.graph(Map.of("loss", loss), step.updates()), options);
      values.forEach((parameter, value) -> session.set(parameter.label(), value));
      Tensor first = Tensor.generate(x.type(), i -> Math.sin(i));
      Tensor classes = Tensor.generate(targets.type(), i -> i % 10 == i / 10 % 10 ? 1 : 0);
      return new TrainedNet(session, session.bind(Map.of("x", first, "t", classes)));
    }

    private static Value layer(Value x, int units, Map<GraphParameter, Tensor> values) {
      int inputs = x.shape().dim(1).size();
      GraphParameter w =
          x.builder().parameter("w" + units, TensorType.of(x.dtype(), units, inputs));
      GraphParameter b = x.builder().parameter("b" + units, TensorType.of(x.dtype(), units));
      values.put(w, Tensor.generate(w.type(), i -> Math.sin(3 * i) / inputs));
      values.put(b, Tensor.zeros(b.type()));
      return x.matmul(w.transpose()).plus(b);
    }

    @Override
    public void close() {
      session.close();
    }
  }

  /** A backend whose tasks are always shared, and make an array on one thread, if on any. */
  private record Shared(Backend backend, int maker) implements Backend {
    @Override
    public String name() {
      return backend.name();
    }

    @Override
    public boolean isReference() {
      return backend.isReference();
    }

    @Override
    public Optional<List<Task>> rehearsal(Step step, Memory memory) {
      return backend.rehearsal(step, memory);
    }

    @Override
    public Optional<List<Task>> tasks(Step step, Memory memory) {
      return backend
          .tasks(step, memory)
          .map(tasks ->
              tasks.stream()
                  .<Task>map(task -> new MakingArrays(task, maker, new int[1][]))
                  .collect(ImmutableList.toImmutableList()));
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // where the array goes, so that it is made
  private record MakingArrays(Task task, int maker, int[][] made) implements Task {
    @Override
    public int units() {
      return task.units();
    }

    @Override
    public long cost() {
      return SURE;
    }

    @Override
    public Optional<TensorBuffer> arranges() {
      return task.arranges();
    }

    @Override
    public void run(int from, int to, int worker) {
      if (worker == maker) {
        made[0] = new int[from + 1];
      } else if (maker > 0) {
        letOthersBegin();
      }
      task.run(from, to, worker);
    }

    private static void letOthersBegin() {
      long end = System.nanoTime() + 50_000;
      while (System.nanoTime() < end) {
        Thread.onSpinWait();
      }
    }
  }
}
