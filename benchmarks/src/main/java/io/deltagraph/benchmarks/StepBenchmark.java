package io.deltagraph.benchmarks;

import io.deltagraph.type.DType;
import io.deltagraph.workloads.Workload;
import io.deltagraph.workloads.WorkloadRun;
import java.util.Objects;
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

/** Whole training steps: forward, backward and update on batches in memory. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class StepBenchmark {
  /** The workload. */
  @Param({"W1", "W2", "W3", "W4", "W5", "W6", "W7"})
  public String workload = "";

  /** The type of weights and data. */
  @Param("f32")
  public String dtype = "";

  /** How many threads share a step. */
  @Param("1")
  public int threads;

  /** What does the work: empty for the one that is found first. */
  @Param("")
  public String backend = "";

  private @Nullable WorkloadRun training;
  private int number;

  /** Builds the net and its plan. */
  @Setup(Level.Trial)
  public void start() {
    number = 0;
    training =
        WorkloadRun.start(
            Workload.named(workload),
            DType.parse(dtype),
            BackendChoice.options(backend).withThreads(threads));
  }

  /** One step. */
  @Benchmark
  public void step() {
    Objects.requireNonNull(training).step(number++ & Integer.MAX_VALUE);
  }

  /** Ends the threads. */
  @TearDown(Level.Trial)
  public void end() {
    Objects.requireNonNull(training).close();
  }
}
