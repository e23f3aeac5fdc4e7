package io.deltagraph.simd;

import java.util.Arrays;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;

/**
 * The indices of a transposition, as constants for the compiler. Of two vectors one after the
 * other, the lower and the upper lanes of all pairs at a distance are chosen.
 */
final class Exchanges {
  static final IntVector F32_LOW_1 = f32(1, false);
  static final IntVector F32_LOW_2 = f32(2, false);
  static final IntVector F32_LOW_4 = f32(4, false);
  static final IntVector F32_LOW_8 = f32(8, false);
  static final IntVector F32_HIGH_1 = f32(1, true);
  static final IntVector F32_HIGH_2 = f32(2, true);
  static final IntVector F32_HIGH_4 = f32(4, true);
  static final IntVector F32_HIGH_8 = f32(8, true);
  static final LongVector F64_LOW_1 = f64(1, false);
  static final LongVector F64_LOW_2 = f64(2, false);
  static final LongVector F64_LOW_4 = f64(4, false);
  static final LongVector F64_HIGH_1 = f64(1, true);
  static final LongVector F64_HIGH_2 = f64(2, true);
  static final LongVector F64_HIGH_4 = f64(4, true);

  private Exchanges() {}

  private static IntVector f32(int distance, boolean high) {
    int[] from = new int[IntVector.SPECIES_PREFERRED.length()];
    Arrays.setAll(from, lane -> from(lane, distance, high, from.length));
    return IntVector.fromArray(IntVector.SPECIES_PREFERRED, from, 0);
  }

  private static LongVector f64(int distance, boolean high) {
    long[] from = new long[LongVector.SPECIES_PREFERRED.length()];
    Arrays.setAll(from, lane -> from(lane, distance, high, from.length));
    return LongVector.fromArray(LongVector.SPECIES_PREFERRED, from, 0);
  }

  /** The lane that goes to one, those of the second vector counted on. */
  private static int from(int lane, int distance, boolean high, int lanes) {
    boolean odd = (lane & distance) != 0;
    int own = odd == high ? lane : (lane ^ distance) % lanes;
    return odd ? lanes + own : own;
  }
}
