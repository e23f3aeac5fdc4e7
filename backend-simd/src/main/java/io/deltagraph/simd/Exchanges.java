package io.deltagraph.simd;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;

/**
 * The indices of a transposition, as constants for the compiler. Of two vectors one after the
 * other, the lower and the upper lanes of all pairs at a distance are chosen.
 */
final class Exchanges {
  static final FloatVector F32_LOW_1 = f32(1, false);
  static final FloatVector F32_LOW_2 = f32(2, false);
  static final FloatVector F32_LOW_4 = f32(4, false);
  static final FloatVector F32_LOW_8 = f32(8, false);
  static final FloatVector F32_HIGH_1 = f32(1, true);
  static final FloatVector F32_HIGH_2 = f32(2, true);
  static final FloatVector F32_HIGH_4 = f32(4, true);
  static final FloatVector F32_HIGH_8 = f32(8, true);
  static final DoubleVector F64_LOW_1 = f64(1, false);
  static final DoubleVector F64_LOW_2 = f64(2, false);
  static final DoubleVector F64_LOW_4 = f64(4, false);
  static final DoubleVector F64_HIGH_1 = f64(1, true);
  static final DoubleVector F64_HIGH_2 = f64(2, true);
  static final DoubleVector F64_HIGH_4 = f64(4, true);

  private Exchanges() {}

  private static FloatVector f32(int distance, boolean high) {
    float[] from = new float[FloatVector.SPECIES_PREFERRED.length()];
    for (int lane = 0; lane < from.length; lane++) {
      from[lane] = from(lane, distance, high, from.length);
    }
    return FloatVector.fromArray(FloatVector.SPECIES_PREFERRED, from, 0);
  }

  private static DoubleVector f64(int distance, boolean high) {
    double[] from = new double[DoubleVector.SPECIES_PREFERRED.length()];
    for (int lane = 0; lane < from.length; lane++) {
      from[lane] = from(lane, distance, high, from.length);
    }
    return DoubleVector.fromArray(DoubleVector.SPECIES_PREFERRED, from, 0);
  }

  /** The lane that goes to one, those of the second vector counted on. */
  private static int from(int lane, int distance, boolean high, int lanes) {
    boolean odd = (lane & distance) != 0;
    int own = odd == high ? lane : (lane ^ distance) % lanes;
    return odd ? lanes + own : own;
  }
}
