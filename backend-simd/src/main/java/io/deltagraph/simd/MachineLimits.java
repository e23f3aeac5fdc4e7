package io.deltagraph.simd;

import com.google.common.base.Preconditions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongSupplier;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;

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

  /** More chains than a core has multiply-adds in flight: 2 units of 4 or 5 cycles. */
  private static final int CHAINS = 16;

  private static final int ROUNDS = 1 << 20;
  private static final int TRIAD_FLOATS = 1 << 24;
  private static final int TRIAD_SWEEPS = 2;
  private static final int REPEATS = 12;

  /** Measures f32 with that number of threads, in about a second. */
  public static MachineLimits single(int threads) {
    int lanes = FloatVector.SPECIES_PREFERRED.length();
    return measure(threads, lanes * Float.SIZE, lanes, () -> floats(ROUNDS));
  }

  /** Measures f64 with that number of threads, in about a second. */
  public static MachineLimits doubles(int threads) {
    int lanes = DoubleVector.SPECIES_PREFERRED.length();
    return measure(threads, lanes * Double.SIZE, lanes, () -> doubles((long) ROUNDS));
  }

  private static MachineLimits measure(int threads, int bits, int lanes, LongSupplier chains) {
    Preconditions.checkArgument(threads >= 1, "Limits are of 1 or more threads, got %s.", threads);
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      double operations = 2.0 * CHAINS * lanes * ROUNDS * threads;
      List<LongSupplier> peak = new ArrayList<>();
      List<LongSupplier> triad = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        peak.add(chains);
        float[] a = new float[TRIAD_FLOATS / threads];
        float[] b = new float[a.length];
        float[] c = new float[a.length];
        triad.add(() -> triad(a, b, c));
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

  private static long triad(float[] a, float[] b, float[] c) {
    for (int sweep = 0; sweep < TRIAD_SWEEPS; sweep++) {
      triad(a, b, c, 3);
    }
    return Float.floatToRawIntBits(a[a.length / 2]);
  }

  private static void triad(float[] a, float[] b, float[] c, float s) {
    var species = FloatVector.SPECIES_PREFERRED;
    int bound = species.loopBound(a.length);
    for (int i = 0; i < bound; i += species.length()) {
      FloatVector.fromArray(species, c, i)
          .fma(FloatVector.broadcast(species, s), FloatVector.fromArray(species, b, i))
          .intoArray(a, i);
    }
  }

  private static long floats(int rounds) {
    var species = FloatVector.SPECIES_PREFERRED;
    // Near 1 for ever: neither subnormal nor infinite, which might be slower.
    var factor = FloatVector.broadcast(species, 0.5f);
    var v0 = FloatVector.broadcast(species, 0);
    var v1 = FloatVector.broadcast(species, 1);
    var v2 = FloatVector.broadcast(species, 2);
    var v3 = FloatVector.broadcast(species, 3);
    var v4 = FloatVector.broadcast(species, 4);
    var v5 = FloatVector.broadcast(species, 5);
    var v6 = FloatVector.broadcast(species, 6);
    var v7 = FloatVector.broadcast(species, 7);
    var v8 = FloatVector.broadcast(species, 8);
    var v9 = FloatVector.broadcast(species, 9);
    var v10 = FloatVector.broadcast(species, 10);
    var v11 = FloatVector.broadcast(species, 11);
    var v12 = FloatVector.broadcast(species, 12);
    var v13 = FloatVector.broadcast(species, 13);
    var v14 = FloatVector.broadcast(species, 14);
    var v15 = FloatVector.broadcast(species, 15);
    for (int i = 0; i < rounds; i++) {
      v0 = v0.fma(factor, factor);
      v1 = v1.fma(factor, factor);
      v2 = v2.fma(factor, factor);
      v3 = v3.fma(factor, factor);
      v4 = v4.fma(factor, factor);
      v5 = v5.fma(factor, factor);
      v6 = v6.fma(factor, factor);
      v7 = v7.fma(factor, factor);
      v8 = v8.fma(factor, factor);
      v9 = v9.fma(factor, factor);
      v10 = v10.fma(factor, factor);
      v11 = v11.fma(factor, factor);
      v12 = v12.fma(factor, factor);
      v13 = v13.fma(factor, factor);
      v14 = v14.fma(factor, factor);
      v15 = v15.fma(factor, factor);
    }
    var sum =
        v0.add(v1)
            .add(v2)
            .add(v3)
            .add(v4)
            .add(v5)
            .add(v6)
            .add(v7)
            .add(v8)
            .add(v9)
            .add(v10)
            .add(v11)
            .add(v12)
            .add(v13)
            .add(v14)
            .add(v15);
    return Float.floatToRawIntBits(sum.lane(0));
  }

  private static long doubles(long rounds) {
    var species = DoubleVector.SPECIES_PREFERRED;
    // Near 1 for ever: neither subnormal nor infinite, which might be slower.
    var factor = DoubleVector.broadcast(species, 0.5);
    var v0 = DoubleVector.broadcast(species, 0);
    var v1 = DoubleVector.broadcast(species, 1);
    var v2 = DoubleVector.broadcast(species, 2);
    var v3 = DoubleVector.broadcast(species, 3);
    var v4 = DoubleVector.broadcast(species, 4);
    var v5 = DoubleVector.broadcast(species, 5);
    var v6 = DoubleVector.broadcast(species, 6);
    var v7 = DoubleVector.broadcast(species, 7);
    var v8 = DoubleVector.broadcast(species, 8);
    var v9 = DoubleVector.broadcast(species, 9);
    var v10 = DoubleVector.broadcast(species, 10);
    var v11 = DoubleVector.broadcast(species, 11);
    var v12 = DoubleVector.broadcast(species, 12);
    var v13 = DoubleVector.broadcast(species, 13);
    var v14 = DoubleVector.broadcast(species, 14);
    var v15 = DoubleVector.broadcast(species, 15);
    for (long i = 0; i < rounds; i++) {
      v0 = v0.fma(factor, factor);
      v1 = v1.fma(factor, factor);
      v2 = v2.fma(factor, factor);
      v3 = v3.fma(factor, factor);
      v4 = v4.fma(factor, factor);
      v5 = v5.fma(factor, factor);
      v6 = v6.fma(factor, factor);
      v7 = v7.fma(factor, factor);
      v8 = v8.fma(factor, factor);
      v9 = v9.fma(factor, factor);
      v10 = v10.fma(factor, factor);
      v11 = v11.fma(factor, factor);
      v12 = v12.fma(factor, factor);
      v13 = v13.fma(factor, factor);
      v14 = v14.fma(factor, factor);
      v15 = v15.fma(factor, factor);
    }
    var sum =
        v0.add(v1)
            .add(v2)
            .add(v3)
            .add(v4)
            .add(v5)
            .add(v6)
            .add(v7)
            .add(v8)
            .add(v9)
            .add(v10)
            .add(v11)
            .add(v12)
            .add(v13)
            .add(v14)
            .add(v15);
    return Double.doubleToRawLongBits(sum.lane(0));
  }
}
