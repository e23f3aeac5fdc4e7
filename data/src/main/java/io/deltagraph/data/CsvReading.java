package io.deltagraph.data;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.reader.RecordType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One pass over a table, straight into columns: no text is made of a cell that is a number. */
final class CsvReading {
  private static final int LONGEST_CELL = 1 << 16;
  private static final int ROWS_BETWEEN_ESTIMATES = 1 << 12;

  /** Bytes of memory for a row whose cells are on disk: where it is in splits and orders. */
  private static final int ROW_ON_DISK = 32;

  private static final int MOST_ROWS = Integer.MAX_VALUE - 16;

  private final CsvSource source;
  private final CsvLimits limits;
  private final int asked;
  private final @Nullable Scratch scratch;
  private final CsvFormat format;
  private final List<String> first = new ArrayList<>();
  private final NavigableMap<Integer, Long> shifts = new TreeMap<>();
  private @Nullable List<String> names;
  private @Nullable ColumnBuilder[] columns = {};
  private final CellBlock block = new CellBlock();
  private int rows;
  private int handed;

  private CsvReading(
      CsvSource source, CsvLimits limits, CsvFormat format, int asked, @Nullable Scratch scratch) {
    this.source = source;
    this.format = format;
    this.limits = limits;
    this.asked = asked;
    this.scratch = scratch;
  }

  /**
   * What was read.
   *
   * @param names of the columns
   * @param columns as many
   * @param rows the number of rows
   * @param shifts how much larger the number of a row's line is than the row's, from those rows on
   *     for which they stand here
   */
  record Content(
      List<String> names,
      List<StoredColumn> columns,
      int rows,
      NavigableMap<Integer, Long> shifts) {}

  /**
   * Reads all columns.
   *
   * @param scratch where their rows are kept; none means in memory
   */
  static Content all(
      CsvSource source, CsvLimits limits, CsvFormat format, @Nullable Scratch scratch) {
    CsvReading reading = new CsvReading(source, limits, format, -1, scratch);
    reading.read();
    ImmutableList.Builder<StoredColumn> columns = ImmutableList.builder();
    for (ColumnBuilder column : reading.columns) {
      if (column != null) {
        columns.add(column.build());
      }
    }
    return new Content(reading.header(), columns.build(), reading.rows, reading.shifts);
  }

  /** Reads one column again, as it is written. */
  static StoredColumn.Coded one(
      CsvSource source,
      CsvLimits limits,
      CsvFormat format,
      int column,
      int rows,
      @Nullable Scratch scratch) {
    CsvReading reading = new CsvReading(source, limits, format, column, scratch);
    reading.read();
    ColumnBuilder builder = column < reading.columns.length ? reading.columns[column] : null;
    if (builder == null
        || reading.rows != rows
        || !(builder.build() instanceof StoredColumn.Coded coded)) {
      throw DataErrors.changed(source.name());
    }
    return coded;
  }

  private List<String> header() {
    if (names == null) {
      throw DataErrors.empty(source.name());
    }
    return names;
  }

  private void read() {
    try (Utf8Reader text = new Utf8Reader(source);
        CsvReader<Boolean> reader =
            CsvReader.builder()
                .fieldSeparator(format.separator())
                .allowUnclosedQuote(false)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .build(new Cells(text), text)) {
      reader.forEach(record -> {});
    } catch (CsvParseException e) {
      // What is thrown while a cell is taken comes wrapped.
      throw e.getCause() instanceof InputException own
          ? own
          : DataErrors.broken(source.name(), String.valueOf(e.getMessage()));
    } catch (UncheckedIOException e) {
      throw DataErrors.unreadable(source.name(), CsvSource.reason(requireNonNull(e.getCause())));
    } catch (IOException e) {
      throw DataErrors.unreadable(source.name(), CsvSource.reason(e));
    }
    header();
    if (rows == 0) {
      throw DataErrors.noRows(source.name());
    }
    flush();
    estimate(rows);
  }

  private final class Cells extends AbstractBaseCsvCallbackHandler<Boolean> {
    private final Utf8Reader text;

    Cells(Utf8Reader text) {
      this.text = text;
    }

    @Override
    protected void handleField(int index, char[] cell, int from, int length, boolean quoted) {
      if (length > LONGEST_CELL) {
        throw DataErrors.longCell(source.name(), index, getStartingLineNumber(), LONGEST_CELL);
      }
      if (names == null) {
        if (index >= limits.columns()) {
          throw DataErrors.tooMany(source.name(), "columns", limits.columns());
        }
        first.add(new String(cell, from, length));
      } else if (asked < 0 || asked == index) {
        format.normalise(cell, from, length);
        block.add(cell, from, length);
      }
    }

    @Override
    protected Boolean buildRecord() {
      if (getRecordType() == RecordType.DATA) {
        long line = getStartingLineNumber();
        if (names == null) {
          begin(line);
        } else {
          end(names, line);
        }
      }
      return true;
    }

    private void begin(long line) {
      names = header(line, first);
      columns = new ColumnBuilder[first.size()];
      for (int j = 0; j < columns.length; j++) {
        columns[j] = asked < 0 || asked == j ? new ColumnBuilder(asked == j, scratch) : null;
      }
    }

    private void end(List<String> known, long line) {
      if (getFieldCount() != known.size()) {
        throw DataErrors.ragged(source.name(), line, getFieldCount(), known);
      }
      if (shifts.isEmpty() || shifts.lastEntry().getValue() != line - rows) {
        shifts.put(rows, line - rows);
      }
      rows++;
      if (block.isFull()) {
        flush();
      }
      if (rows % ROWS_BETWEEN_ESTIMATES == 0) {
        estimate(Math.round((double) rows * source.size() / Math.max(1, text.taken())));
      }
    }
  }

  /** Hands the rows of the block to the columns. */
  private void flush() {
    int width = asked < 0 ? columns.length : 1;
    for (int j = 0; j < columns.length; j++) {
      ColumnBuilder column = columns[j];
      if (column != null) {
        block.hand(asked < 0 ? j : 0, width, column, handed);
      }
    }
    handed = rows;
    block.clear();
  }

  /** Refuses a table that is going to take too much, by its rows so far. */
  private void estimate(long expectedRows) {
    double width = scratch == null ? 0 : ROW_ON_DISK;
    for (ColumnBuilder column : columns) {
      width += column == null ? 0 : column.width(rows);
    }
    long needed = (long) (width * expectedRows);
    if (expectedRows > MOST_ROWS) {
      throw DataErrors.tooMany(source.name(), "rows", MOST_ROWS);
    }
    if (needed > limits.memory()) {
      throw DataErrors.tooLarge(
          source.name(), expectedRows, columns.length, needed, limits.memory());
    }
    if (!Heap.has((long) (width * (expectedRows - rows)))) {
      throw DataErrors.tooLarge(
          source.name(), expectedRows, columns.length, needed, Heap.free() + (long) (width * rows));
    }
  }

  private List<String> header(long line, List<String> cells) {
    if (cells.stream().allMatch(NumberCell::isWritten)) {
      throw DataErrors.noHeader(source.name(), line);
    }
    ImmutableList.Builder<String> out = ImmutableList.builder();
    Set<String> seen = new HashSet<>();
    for (String cell : cells) {
      String name = cell.strip();
      if (name.isEmpty()) {
        throw DataErrors.blankName(source.name(), line, seen.size() + 1);
      }
      if (!seen.add(name)) {
        throw DataErrors.twoOfOneName(source.name(), line, name);
      }
      out.add(name);
    }
    return out.build();
  }
}
