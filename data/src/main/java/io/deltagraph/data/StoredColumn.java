package io.deltagraph.data;

import java.util.OptionalInt;

/** A column of a table as it is kept. */
sealed interface StoredColumn {
  /** The first row whose cell is no finite number. */
  OptionalInt firstNoNumber();

  /** The cell of {@link #firstNoNumber}. */
  String noNumber();

  /** The numbers, where there is no row without. */
  NumberColumn numbers();

  /**
   * Few different cells: each once, and a code a row.
   *
   * @param words the different cells
   * @param codes which of them each row has
   */
  record Coded(Words words, Codes codes) implements StoredColumn {
    @Override
    public OptionalInt firstNoNumber() {
      int code = words.firstNoNumber();
      return code < 0 ? OptionalInt.empty() : OptionalInt.of(words.row(code));
    }

    @Override
    public String noNumber() {
      return words.text(words.firstNoNumber());
    }

    @Override
    public NumberColumn numbers() {
      double[] values = words.numbers();
      return (rows, from, to, out) -> codes.fill(values, rows, from, to, out);
    }
  }

  /**
   * Many different numbers, without how they were written.
   *
   * @param numbers the numbers
   */
  record Numeric(Doubles numbers) implements StoredColumn {
    @Override
    public OptionalInt firstNoNumber() {
      return OptionalInt.empty();
    }

    @Override
    public String noNumber() {
      throw new IllegalStateException("every cell is a number");
    }
  }

  /**
   * Many different cells with text among them: nothing to learn from as numbers, and seldom asked
   * for as categories, so that they are read again when they are.
   *
   * @param row of the first cell that is no finite number
   * @param noNumber that cell
   */
  record Mixed(int row, String noNumber) implements StoredColumn {
    @Override
    public OptionalInt firstNoNumber() {
      return OptionalInt.of(row);
    }

    @Override
    public NumberColumn numbers() {
      throw new IllegalStateException("not every cell is a number");
    }
  }
}
