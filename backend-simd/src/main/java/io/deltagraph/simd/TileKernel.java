package io.deltagraph.simd;

import io.deltagraph.type.DType;
import java.lang.classfile.CodeBuilder;

/**
 * The kernel of a product's register tile: some rows times a few vectors of columns, whose sums
 * stay in registers while the terms go by. Its arrays are the first operand, the second one, the
 * output, the extra operands of the epilogue, and sums that wait between two parts of the terms.
 * Its unit is a tile; those of one panel follow each other.
 *
 * @param dtype the type of all numbers
 * @param sizes the sizes of a tile
 * @param strides where the elements of the operands and the output lie
 * @param stage which part of the sums is computed
 * @param epilogue what is done to the sums
 * @param holdsPanel whether all vectors of the second operand stay in registers, for all tiles, and
 *     one row is finished after the other; else the sums of a tile stay there
 */
record TileKernel(
    DType dtype,
    TileSizes sizes,
    TileStrides strides,
    SumStage stage,
    Epilogue epilogue,
    boolean holdsPanel)
    implements KernelDescription {
  /** The number of the first operand's array. */
  static final int FIRST = 0;

  /** That of the second one's. */
  static final int SECOND = 1;

  /** That of the output's. */
  static final int OUTPUT = 2;

  /** That of the first extra operand's; the others follow, then the sums that wait. */
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
   * @param startsAtZero whether the sums start at 0; else they start as they wait in memory
   * @param isLast whether the epilogue and the output come next; else the sums go back to memory
   */
  record SumStage(boolean startsAtZero, boolean isLast) {}

  @Override
  public void write(CodeBuilder builder) {
    new TileCode(this, new VectorCode(builder, dtype)).write();
  }
}
