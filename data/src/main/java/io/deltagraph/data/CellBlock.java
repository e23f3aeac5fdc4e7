package io.deltagraph.data;

import java.util.Arrays;

/**
 * The cells of a few rows, which are handed to the columns one column after another: what a column
 * knows about its cells is then fetched from memory once for many of them.
 */
final class CellBlock {
  private static final int CELLS = 1 << 15;
  private static final int CHARACTERS = 1 << 18;

  private final CommonCells common = new CommonCells();
  private char[] text = new char[1 << 12];
  private int[] ends = new int[1 << 8];
  private int[] known = new int[1 << 8]; // one more than the number of a common cell, or 0
  private boolean asks = true;
  private int cells;
  private int length;

  void add(char[] cell, int from, int count) {
    if (cells == ends.length) {
      ends = Arrays.copyOf(ends, 2 * cells);
      known = Arrays.copyOf(known, 2 * cells);
    }
    known[cells] = asks ? 1 + common.find(cell, from, count) : 0;
    if (known[cells] == 0) {
      if (length + count > text.length) {
        text = Arrays.copyOf(text, Math.max(2 * text.length, length + count));
      }
      System.arraycopy(cell, from, text, length, count);
      length += count;
    }
    ends[cells] = length;
    cells++;
  }

  boolean isFull() {
    return cells >= CELLS || length >= CHARACTERS;
  }

  /**
   * Hands the cells of one column to it.
   *
   * @param width the number of columns
   * @param row the number of the first row
   */
  void hand(int column, int width, ColumnBuilder target, int row) {
    int at = row;
    for (int cell = column; cell < cells; cell += width) {
      if (known[cell] > 0) {
        target.add(common, known[cell] - 1, at);
      } else {
        int from = cell == 0 ? 0 : ends[cell - 1];
        target.add(text, from, ends[cell] - from, at);
      }
      at++;
    }
  }

  void clear() {
    asks = asks && common.isUseful();
    cells = 0;
    length = 0;
  }
}
