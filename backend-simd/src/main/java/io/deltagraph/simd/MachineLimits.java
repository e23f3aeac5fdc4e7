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
 * What a machine can do at best, measured: fused multiply-adds in registers and the triad {@code a
 * ← b + s c} on arrays far larger than the caches (McCalpin, STREAM). Shares of these limits say
 * how near a program is to the hardware.
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

  /** Measures f32 with that number of threads, in about a second; empty without vectors. */
  public static Optional<MachineLimits> single(int threads) {
    return measure(threads, DType.F32, () -> LimitLoops.floats(ROUNDS));
  }

  /** Measures f64 with that number of threads, in about a second; empty without vectors. */
  public static Optional<MachineLimits> doubles(int threads) {
    return measure(threads, DType.F64, () -> LimitLoops.doubles(ROUNDS));
  }

  private static Optional<MachineLimits> measure(int threads, DType dtype, LongSupplier chains) {
    if (!VectorModule.isWithinReach()) {
      return Optional.empty();
    }
    VectorModule.load();
    int lanes = VectorCode.lanes(dtype);
    return Optional.of(measure(threads, lanes * dtype.bytes() * Byte.SIZE, lanes, chains));
  }

  private static MachineLimits measure(int threads, int bits, int lanes, LongSupplier chains) {
    Preconditions.checkArgument(threads >= 1, "Limits are of 1 or more threads, got %s.", threads);
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      double operations = 2.0 * LimitLoops.CHAINS * lanes * ROUNDS * threads;
      List<LongSupplier> peak = new ArrayList<>();
      List<LongSupplier> triad = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        peak.add(chains);
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

  /** The shortest time in nanoseconds from a common start to the last one's end. */
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
    // Used, so that the compiler cannot leave the work out.
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
