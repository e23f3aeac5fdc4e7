package io.deltagraph.simd;

import java.util.Arrays;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;

/**
 * Which lanes of two vectors one stage of a transposition puts together, as indices for {@code
 * selectFrom}. They are static finals, so that the compiler sees constants.
 *
 * <p>A square of numbers, one row a vector, is transposed in stages, of which each has a {@code
 * distance}: 1, 2, 4 and so on. A stage takes two rows that lie {@code distance} apart and makes
 * two vectors of them. {@code LOW} takes of both rows the lanes whose number lacks the bit {@code
 * distance}: those of the first row stay, those of the second one move up by {@code distance}
 * lanes. {@code HIGH} takes the lanes that have the bit: those of the first row move down, those of
 * the second one stay.
 */
final class LaneExchanges {
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

  private LaneExchanges() {}

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

  /**
   * The index of the number that comes into a lane: below {@code lanes} it is a lane of the first
   * vector, from there on one of the second.
   */
  private static int from(int lane, int distance, boolean high, int lanes) {
    boolean odd = (lane & distance) != 0;
    int own = odd == high ? lane : (lane ^ distance) % lanes;
    return odd ? lanes + own : own;
  }
}
