package io.deltagraph.simd;

import com.google.common.base.Preconditions;
import io.deltagraph.type.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongSupplier;

/**
 * What this machine can do at best, as measured: fused multiply-adds on numbers in registers, and
 * the triad {@code a ← b + s c} on arrays far larger than the caches (McCalpin, STREAM). The share
 * of these limits that a program reaches says how well it uses the hardware.
 *
 * @param threads how many cores were busy at once
 * @param vectorBits the width of the vectors
 * @param fmaPeakGflops {@code 10⁹} operations per second of all threads, two per multiply-add
 * @param bandwidthGBs {@code 10⁹} bytes per second of all threads: two reads and a write per
 *     element
 */
public record MachineLimits(
    int threads, int vectorBits, double fmaPeakGflops, double bandwidthGBs) {

  private static final int ROUNDS = 1 << 20;
  private static final int TRIAD_FLOATS = 1 << 24;
  private static final int TRIAD_SWEEPS = 2;
  private static final int REPEATS = 12;

  /**
   * Measures with f32, in about a second; empty if the JDK's vectors are out of reach.
   *
   * @throws IllegalArgumentException if there are fewer threads than one
   */
  public static Optional<MachineLimits> f32(int threads) {
    return measure(threads, DType.F32, () -> LimitLoops.multiplyAddsF32(ROUNDS));
  }

  /**
   * Measures with f64, in about a second; empty if the JDK's vectors are out of reach.
   *
   * @throws IllegalArgumentException if there are fewer threads than one
   */
  public static Optional<MachineLimits> f64(int threads) {
    return measure(threads, DType.F64, () -> LimitLoops.multiplyAddsF64(ROUNDS));
  }

  private static Optional<MachineLimits> measure(int threads, DType dtype, LongSupplier sums) {
    if (!VectorModule.isWithinReach()) {
      return Optional.empty();
    }
    VectorModule.load();
    int lanes = VectorCode.lanes(dtype);
    return Optional.of(measure(threads, lanes * dtype.bytes() * Byte.SIZE, lanes, sums));
  }

  private static MachineLimits measure(int threads, int bits, int lanes, LongSupplier sums) {
    Preconditions.checkArgument(
        threads >= 1,
        "The limits of a machine are measured with 1 or more threads, got %s.",
        threads);
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      double operations = 2.0 * LimitLoops.SUMS * lanes * ROUNDS * threads;
      List<LongSupplier> peak = new ArrayList<>();
      List<LongSupplier> triad = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        peak.add(sums);
        float[] a = new float[TRIAD_FLOATS / threads];
        float[] b = new float[a.length];
        float[] c = new float[a.length];
        triad.add(() -> LimitLoops.triads(a, b, c, TRIAD_SWEEPS));
      }
      int each = TRIAD_FLOATS / threads;
      double bytes = 3.0 * Float.BYTES * TRIAD_SWEEPS * each * threads;
      return new MachineLimits(
          threads, bits, operations / fastest(pool, peak), bytes / fastest(pool, triad));
    }
  }

  /**
   * Runs all work at the same time, several times; the shortest time in nanoseconds from the first
   * start to the last end.
   */
  private static double fastest(ExecutorService pool, List<LongSupplier> work) {
    double fastest = Double.POSITIVE_INFINITY;
    for (int i = 0; i < REPEATS; i++) {
      CyclicBarrier start = new CyclicBarrier(work.size());
      List<Future<long[]>> times =
          work.stream().map(task -> pool.submit(() -> timed(start, task))).toList();
      long first = Long.MAX_VALUE;
      long last = Long.MIN_VALUE;
      for (Future<long[]> time : times) {
        long[] span = span(time);
        first = Math.min(first, span[0]);
        last = Math.max(last, span[1]);
      }
      fastest = Math.min(fastest, (double) (last - first));
    }
    return fastest;
  }

  private static long[] timed(CyclicBarrier start, LongSupplier task)
      throws InterruptedException, BrokenBarrierException {
    start.await();
    long from = System.nanoTime();
    // The result is used, so that the compiler cannot leave the work out.
    long result = task.getAsLong();
    return new long[] {from, System.nanoTime(), result};
  }

  private static long[] span(Future<long[]> time) {
    try {
      return time.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while the machine was measured.", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("The machine could not be measured.", e);
    }
  }
}
