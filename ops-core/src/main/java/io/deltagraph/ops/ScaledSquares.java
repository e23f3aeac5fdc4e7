package io.deltagraph.ops;

import io.deltagraph.graph.Lane;
import io.deltagraph.graph.Lanes;
import io.deltagraph.type.DType;

/**
 * A sum of squares that neither overflows nor underflows before its root does: those of large, of
 * ordinary and of small numbers are added apart, the first and the last in other units (Blue, ACM
 * Transactions on Mathematical Software 4, 1978). Ordinary numbers give the bits of a plain sum.
 *
 * @param large above this, 2^52 or 2^486, a number is large: so many squares fit in a sum
 * @param down the unit of large numbers, a power of 2
 * @param small below this, 2^-63 or 2^-511, the square of a number loses digits
 * @param up the unit of small numbers, a power of 2
 */
record ScaledSquares(double large, double down, double small, double up) {
  private static final ScaledSquares F32 = new ScaledSquares(0x1p52, 0x1p-76, 0x1p-63, 0x1p75);
  private static final ScaledSquares F64 = new ScaledSquares(0x1p486, 0x1p-538, 0x1p-511, 0x1p537);

  static ScaledSquares of(DType dtype) {
    return dtype == DType.F32 ? F32 : F64;
  }

  /** The square of one number as one of three sums; what is no number is an ordinary one. */
  Lanes square(Lane x) {
    Lane size = x.abs();
    Lane isLarge = size.greater(large);
    Lane isSmall = size.less(small);
    Lane unit = isLarge.select(x.constant(down), isSmall.select(x.constant(up), x.constant(1)));
    Lane scaled = x.times(unit);
    Lane square = scaled.times(scaled);
    Lane zero = x.constant(0);
    return Lanes.of(
        isLarge.select(square, zero),
        isLarge.or(isSmall).select(zero, square),
        isSmall.select(square, zero));
  }

  /** The root of three sums. */
  Lane root(Lanes sums) {
    Lane ordinary = sums.get(1);
    Lane below = sums.get(2);
    Lane far = sums.get(0).plus(ordinary.times(down).times(down)).sqrt().times(1 / down);
    Lane near = ordinary.plus(below.times(1 / up).times(1 / up)).sqrt();
    Lane tiny = below.sqrt().times(1 / up);
    return sums.get(0).greater(0).select(far, ordinary.equal(0).select(tiny, near));
  }
}
