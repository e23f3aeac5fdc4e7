package io.deltagraph.plan;

import io.deltagraph.type.DType;

/**
 * The order in which a reduction combines its elements: the same for every backend, number of
 * threads and layout, so that the bits are the same.
 *
 * <p>The elements of one result are counted in row-major order of the folded axes, from 0. They are
 * cut into blocks of {@link #BLOCK}; the last block may be shorter. With {@code W} the {@link
 * #width} of the input's type, a block has {@code W} accumulators that start as the identity;
 * accumulator {@code j} takes the block's elements {@code j, j + W, j + 2W, …} in ascending order,
 * each as {@code combine(accumulator, prepare(element, index))}. The accumulators are then combined
 * by halves: {@code a[j] = combine(a[j], a[j + h])} for all {@code j < h}, with {@code h = W/2,
 * W/4, …, 1}; the block's total is {@code a[0]}. The total of {@code n > 1} blocks is {@code
 * combine(total of the first p, total of the other n − p)}, where {@code p} is the largest power of
 * two below {@code n}. The total of no blocks is the identity.
 */
public final class SummationTree {
  /** The number of elements in a block. */
  public static final int BLOCK = 4096;

  private SummationTree() {}

  /** The number of accumulators: 16 for f32, 8 for every other input type. */
  public static int width(DType dtype) {
    return switch (dtype) {
      case F32 -> 16;
      case F64, I64, I32, BOOL -> 8;
    };
  }

  /** The number of blocks of {@code count} elements. */
  public static int blocks(int count) {
    return count / BLOCK + (count % BLOCK == 0 ? 0 : 1);
  }
}
