package io.deltagraph.benchmarks;

import com.google.common.collect.ImmutableMap;
import io.deltagraph.activations.Sigmoid;
import io.deltagraph.activations.Softmax;
import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.GraphParameter;
import io.deltagraph.graph.Value;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.runtime.BoundSession;
import io.deltagraph.runtime.Session;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Single kernels as a plan runs them: products, pointwise chains and folds. What is computed
 * becomes the new value of a parameter, so that no output is copied.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class KernelBenchmark {

  /** A kernel and its operands. */
  public enum Kernel {
    /** Forward product of W1's first layer. */
    PRODUCT_10_784_100,
    /** Forward product of W2's first layer. */
    PRODUCT_64_784_128,
    /** Forward product of W3's first layer. */
    PRODUCT_256_784_512,
    /** A square product. */
    PRODUCT_1024,
    /** The gradient of W2's first weights: the left operand transposed. */
    PRODUCT_LEFT_TRANSPOSED_128_64_784,
    /** The gradient of W3's second inputs: the right operand as it is stored, out × in. */
    PRODUCT_RIGHT_TRANSPOSED_256_512_512,
    /** {@code σ(x w + b)} on 65,536 elements. */
    SIGMOID_CHAIN,
    /** {@code (x + b) w − x} on 65,536 elements. */
    CHEAP_CHAIN,
    /** The sum of each row, 256 × 512. */
    SUM_OF_ROWS,
    /** The sum of each column, 256 × 512. */
    SUM_OF_COLUMNS,
    /** Softmax of each row, 256 × 512. */
    SOFTMAX
  }

  /** The kernel. */
  @Param public Kernel kernel = Kernel.PRODUCT_1024;

  /** The type of all operands. */
  @Param({"f32", "f64"})
  public String dtype = "";

  /** How many threads share the work. */
  @Param("1")
  public int threads;

  /** What does the work: empty for the one that is found first. */
  @Param("")
  public String backend = "";

  private @Nullable Session session;
  private @Nullable BoundSession bound;

  /** Builds the plan and draws the operands. */
  @Setup(Level.Trial)
  public void start() {
    GraphBuilder builder = new GraphBuilder(OpRegistry.load());
    Value result = result(builder);
    GraphParameter target = builder.parameter("result", result.type());
    Session opened =
        Session.open(
            builder.graph(Map.of(), ImmutableMap.of(target, result)),
            BackendChoice.options(backend).withThreads(threads));
    SplittableRandom random = new SplittableRandom(1);
    for (GraphParameter parameter : builder.graph(Map.of(), Map.of(target, result)).parameters()) {
      opened.set(
          parameter.label(), Tensor.generate(parameter.type(), i -> random.nextDouble(-1, 1)));
    }
    session = opened;
    bound = opened.bind(Map.of());
  }

  private Value result(GraphBuilder builder) {
    return switch (kernel) {
      case PRODUCT_10_784_100 -> product(builder, 10, 784, 100);
      case PRODUCT_64_784_128 -> product(builder, 64, 784, 128);
      case PRODUCT_256_784_512 -> product(builder, 256, 784, 512);
      case PRODUCT_1024 -> product(builder, 1024, 1024, 1024);
      case PRODUCT_LEFT_TRANSPOSED_128_64_784 ->
          operand(builder, "a", 64, 128).transpose().matmul(operand(builder, "b", 64, 784));
      case PRODUCT_RIGHT_TRANSPOSED_256_512_512 ->
          operand(builder, "a", 256, 512).matmul(operand(builder, "b", 512, 512).transpose());
      case SIGMOID_CHAIN -> {
        Value x = operand(builder, "x", 65_536);
        Value z = x.times(operand(builder, "w", 65_536)).plus(operand(builder, "b", 65_536));
        yield Sigmoid.of(z);
      }
      case CHEAP_CHAIN -> {
        Value x = operand(builder, "x", 65_536);
        Value sum = x.plus(operand(builder, "b", 65_536));
        yield sum.times(operand(builder, "w", 65_536)).minus(x);
      }
      case SUM_OF_ROWS -> operand(builder, "x", 256, 512).sum(List.of(1), false);
      case SUM_OF_COLUMNS -> operand(builder, "x", 256, 512).sum(List.of(0), false);
      case SOFTMAX -> Softmax.of(operand(builder, "x", 256, 512), -1);
    };
  }

  private Value product(GraphBuilder builder, int rows, int terms, int columns) {
    return operand(builder, "a", rows, terms).matmul(operand(builder, "b", terms, columns));
  }

  private Value operand(GraphBuilder builder, String name, int... sizes) {
    return builder.parameter(name, TensorType.of(DType.parse(dtype), sizes));
  }

  /** One run of the plan. */
  @Benchmark
  public void run() {
    Objects.requireNonNull(bound).run();
  }

  /** Ends the threads. */
  @TearDown(Level.Trial)
  public void end() {
    Objects.requireNonNull(session).close();
  }
}
