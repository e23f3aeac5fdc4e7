package io.deltagraph.simd;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;

/** The loops that {@link MachineLimits} takes the time of. */
final class LimitLoops {
  /**
   * The number of sums that do not depend on each other: more than the multiply-adds that a core
   * works on at a time, which are 8 to 10 (2 units, 4 or 5 cycles each).
   */
  static final int SUMS = 16;

  private LimitLoops() {}

  /** Goes through the triad {@code a = b + 3 c} {@code sweeps} times. */
  static long triads(float[] a, float[] b, float[] c, int sweeps) {
    for (int sweep = 0; sweep < sweeps; sweep++) {
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

  /** In each round, one fused multiply-add for each sum; each sum is a vector of f32. */
  static long multiplyAddsF32(int rounds) {
    var species = FloatVector.SPECIES_PREFERRED;
    // All numbers stay near 1: subnormal or infinite ones might be slower.
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

  /** In each round, one fused multiply-add for each sum; each sum is a vector of f64. */
  static long multiplyAddsF64(long rounds) {
    var species = DoubleVector.SPECIES_PREFERRED;
    // All numbers stay near 1: subnormal or infinite ones might be slower.
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
