package io.deltagraph.simd;

import io.deltagraph.type.DType;
import java.lang.classfile.CodeBuilder;

/**
 * The kernel of a product's register tile: some rows times a few vectors of columns, with all sums
 * in registers while the terms are added. Its arrays are the first operand, the second operand, the
 * output, the extra operands of the epilogue, and the sums that wait for the next part of the
 * terms. Its unit is a tile; a call computes neighbouring tiles of one panel.
 *
 * @param dtype the type of all numbers
 * @param sizes the sizes of a tile
 * @param strides where the elements of the operands and the output lie
 * @param stage which part of the sums is computed
 * @param epilogue what is done to the sums
 * @param holdsPanel whether the vectors of the second operand are loaded once for all tiles and
 *     stay in registers, while one row is computed after another
 */
record TileKernel(
    DType dtype,
    TileSizes sizes,
    TileStrides strides,
    SumStage stage,
    Epilogue epilogue,
    boolean holdsPanel)
    implements KernelDescription {
  /** The number of the array of the first operand. */
  static final int FIRST = 0;

  /** The number of the array of the second operand. */
  static final int SECOND = 1;

  /** The number of the array of the output. */
  static final int OUTPUT = 2;

  /** The number of the array of the first extra operand. */
  static final int EXTRAS = 3;

  /**
   * The sizes of a tile.
   *
   * @param rows the number of rows
   * @param vectors the number of vectors of a row
   * @param lastLanes how many lanes of the last one are used
   * @param terms the number of terms that are added
   */
  record TileSizes(int rows, int vectors, int lastLanes, int terms) {}

  /**
   * Distances. The columns of the second operand and of the output lie one after another.
   *
   * @param firstRow from a row of the first operand to the next
   * @param firstTerm from a term of the first operand to the next
   * @param firstTile from a tile of the first operand to the next
   * @param secondTerm from a term of the second operand to the next
   * @param outputRow from a row of the output to the next
   */
  record TileStrides(int firstRow, int firstTerm, int firstTile, int secondTerm, int outputRow) {}

  /**
   * Which part of the sums a kernel computes.
   *
   * @param startsAtZero whether the sums start at 0; else the kernel loads them from memory
   * @param isLast whether the kernel finishes the sums; else it stores them for the next part
   */
  record SumStage(boolean startsAtZero, boolean isLast) {}

  @Override
  public void write(CodeBuilder builder) {
    new TileCode(this, new VectorCode(builder, dtype)).write();
  }
}
