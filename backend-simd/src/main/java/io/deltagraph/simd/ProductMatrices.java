package io.deltagraph.simd;

import com.google.common.primitives.ImmutableIntArray;
import io.deltagraph.type.DType;
import java.util.List;

/**
 * A product step as a batch of products of two matrices: the first operand has the rows of the
 * output, the second one its columns.
 *
 * @param dtype the type of all numbers
 * @param swapped whether the first operand is the right one of the step
 * @param sizes how many products there are, and how large each one is
 * @param strides where the elements of one product lie
 * @param starts where each product begins: a list for both operands, the output and each extra
 *     operand, with an index for each product of the batch
 */
record ProductMatrices(
    DType dtype, boolean swapped, Sizes sizes, Strides strides, List<ImmutableIntArray> starts) {

  /** The least number of rows, terms and columns for which packing an operand pays. */
  private static final int WORTH_PACKING = 128;

  /**
   * The sizes.
   *
   * @param batch the number of products
   * @param rows the rows of the output
   * @param terms the terms of each sum
   * @param columns the columns of the output
   */
  record Sizes(int batch, int rows, int terms, int columns) {
    /** Whether rows, terms and columns are so many that packing takes a small part of the time. */
    boolean isLarge() {
      return Math.min(Math.min(rows, columns), terms) >= WORTH_PACKING;
    }
  }

  /**
   * The strides. The columns of the output lie one after another.
   *
   * @param outputRow the distance from a row of the output to the next
   * @param extras where the extra operands of the epilogue lie
   */
  record Strides(
      OperandStrides first, OperandStrides second, int outputRow, List<MatrixStrides> extras) {}
}
