package io.deltagraph.data;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what a column holds while it is read. It begins as different cells and codes. With many
 * different cells it goes on as numbers if all are some; with text among them it goes on as
 * different cells up to a bound, and holds nothing beyond that.
 */
final class ColumnBuilder {
  /** The most different cells that are kept of a column unless somebody has asked for them. */
  private static final int MOST_WORDS = 1 << 16;

  /** As long as there are no more different numbers than this, a row takes one byte. */
  private static final int MOST_NUMBERS = 1 << 8;

  private final boolean asked;
  private final @Nullable Scratch scratch;
  private final Words words = new Words();
  private int[] known = {}; // one more than the code of each common cell, or 0
  private @Nullable Codes codes;
  private @Nullable Doubles numbers;
  private StoredColumn.@Nullable Mixed mixed;

  /**
   * Begins a column.
   *
   * @param asked whether its cells are asked for as they are written, however many they are
   * @param scratch where rows are kept; none means in memory
   */
  ColumnBuilder(boolean asked, @Nullable Scratch scratch) {
    this.asked = asked;
    this.scratch = scratch;
    codes = new Codes(scratch);
  }

  /** Takes the next cell. */
  void add(char[] text, int from, int length, int row) {
    if (numbers != null) {
      double value = NumberCell.parse(text, from, length);
      if (Double.isFinite(value)) {
        numbers.add(value);
      } else {
        mix(row, new String(text, from, length));
      }
    } else if (codes != null) {
      String cell = new String(text, from, length);
      int code = words.find(cell);
      if (code < 0) {
        addWord(codes, cell, NumberCell.parse(text, from, length), row);
      } else {
        codes.add(code);
      }
    }
  }

  /** Takes the next cell, which is one of the common ones. */
  void add(CommonCells common, int cell, int row) {
    if (numbers != null) {
      double value = common.number(cell);
      if (Double.isFinite(value)) {
        numbers.add(value);
      } else {
        mix(row, common.text(cell));
      }
    } else if (codes != null) {
      if (cell >= known.length) {
        known = Arrays.copyOf(known, Math.min(CommonCells.MOST, 2 * cell + 16));
      }
      if (known[cell] > 0) {
        codes.add(known[cell] - 1);
      } else {
        // A cell is common from when it was seen first, or never: the column does not have it yet.
        known[cell] = 1 + addWord(codes, common.text(cell), common.number(cell), row);
      }
    }
  }

  /** Returns the code of a cell that is new, or −1 if it was one too many. */
  private int addWord(Codes target, String text, double value, int row) {
    boolean isNumber = Double.isFinite(value);
    boolean onlyNumbers = words.firstNoNumber() < 0 && isNumber;
    if (!asked && words.size() >= (onlyNumbers ? MOST_NUMBERS : MOST_WORDS)) {
      overflow(target, onlyNumbers, text, row);
      return -1;
    }
    int code = words.add(text, isNumber, row);
    target.add(code);
    return code;
  }

  private void overflow(Codes target, boolean onlyNumbers, String text, int row) {
    codes = null;
    int word = words.firstNoNumber();
    if (onlyNumbers) {
      double[] values = words.numbers();
      numbers = new Doubles(scratch);
      for (int i = 0; i < target.size(); i++) {
        numbers.add(values[target.get(i)]);
      }
      numbers.add(NumberCell.value(text));
    } else if (word < 0) {
      mix(row, text);
    } else {
      mix(words.row(word), words.text(word));
    }
  }

  private void mix(int row, String noNumber) {
    mixed = new StoredColumn.Mixed(row, noNumber);
    numbers = null;
  }

  /** Bytes of memory for each row, as far as can be seen after so many of them. */
  double width(int rows) {
    if (numbers != null) {
      return scratch == null ? Double.BYTES : 0;
    }
    if (codes == null) {
      return 0;
    }
    return codes.width() + (words.size() > MOST_NUMBERS ? (double) words.memory() / rows : 0);
  }

  StoredColumn build() {
    if (codes != null) {
      words.close();
      return new StoredColumn.Coded(words, codes);
    }
    if (numbers != null) {
      return new StoredColumn.Numeric(numbers);
    }
    if (mixed != null) {
      return mixed;
    }
    throw new IllegalStateException("a column without a kind");
  }
}
