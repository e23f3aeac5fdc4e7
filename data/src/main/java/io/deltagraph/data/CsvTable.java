package io.deltagraph.data;

import com.google.common.primitives.ImmutableDoubleArray;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A CSV file in columns: a line of column names, then rows of as many cells.
 *
 * <p>UTF-8 with or without a byte order mark, lines ended by LF, CRLF or CR, cells quoted as in RFC
 * 4180; empty lines are skipped. Cells are separated by commas, or by semicolons, tabs or vertical
 * lines where the first line has more of those; beside these a number may have a decimal comma.
 * Whatever else is wrong is one {@link InputException} that names the file, the line and the
 * column.
 *
 * <p>Numbers are kept as numbers, and different cells once where they are few. A column of many
 * different cells is read again from the file when it is asked for as categories.
 */
public final class CsvTable {
  private final CsvSource origin;
  private final @Nullable Scratch scratch;
  private final CsvLimits limits;
  private final CsvFormat format;
  private final List<String> columns;
  private final List<StoredColumn> cells;
  private final int rows;
  private final NavigableMap<Integer, Long> shifts;
  private final Map<Integer, Categories> categories = new ConcurrentHashMap<>();

  private CsvTable(
      CsvSource origin,
      CsvLimits limits,
      CsvFormat format,
      CsvReading.Content content,
      @Nullable Scratch scratch) {
    this.origin = origin;
    this.scratch = scratch;
    this.format = format;
    this.limits = limits;
    columns = content.names();
    cells = content.columns();
    rows = content.rows();
    shifts = content.shifts();
  }

  /**
   * Reads a file within {@link CsvLimits#DEFAULT}.
   *
   * @throws InputException if it cannot be read or is no such table
   */
  public static CsvTable read(Path file) {
    return read(file, CsvLimits.DEFAULT);
  }

  /**
   * Reads a file within the limits. It must not change while the table is in use.
   *
   * @throws InputException if it cannot be read or is no such table
   */
  public static CsvTable read(Path file, CsvLimits limits) {
    return read(file, limits, CsvFormat.FOUND);
  }

  /**
   * Reads a file in a format. It must not change while the table is in use.
   *
   * @throws InputException if it cannot be read or is no such table
   */
  public static CsvTable read(Path file, CsvLimits limits, CsvFormat format) {
    return of(CsvSource.of(file, limits), limits, format, null);
  }

  /**
   * Reads a file whose cells may be more than fit in memory: they are kept in a file of their own,
   * among those that are temporary ({@code java.io.tmpdir}), of 1, 4 or 8 bytes for each. Some 32
   * bytes a row are taken of memory. It must not change while the table is in use.
   *
   * @throws InputException if it cannot be read or is no such table
   */
  public static CsvTable onDisk(Path file, CsvLimits limits, CsvFormat format) {
    CsvSource source = CsvSource.of(file, limits);
    return of(source, limits, format, new Scratch(source.name()));
  }

  /**
   * Reads a table from memory.
   *
   * @param source what to call it in errors
   * @throws InputException if it is no such table
   */
  public static CsvTable parse(String source, byte[] utf8, CsvLimits limits) {
    return of(new CsvSource.InMemory(source, utf8.clone()), limits, CsvFormat.FOUND, null);
  }

  private static CsvTable of(
      CsvSource source, CsvLimits limits, CsvFormat asked, @Nullable Scratch scratch) {
    CsvFormat format = asked.in(source.start());
    CsvReading.Content content = CsvReading.all(source, limits, format, scratch);
    boolean whole = content.columns().stream().allMatch(StoredColumn.Coded.class::isInstance);
    // Bytes that nobody asks for again are let go.
    CsvSource origin = whole ? new CsvSource.InMemory(source.name(), new byte[0]) : source;
    return new CsvTable(origin, limits, format, content, scratch);
  }

  /** Returns how its cells are written, as asked for or as found out. */
  public CsvFormat format() {
    return format;
  }

  /** Returns what the table is called in errors. */
  public String source() {
    return origin.name();
  }

  /** Returns the columns' names in the order of the file. */
  public List<String> columns() {
    return columns;
  }

  /** Returns the number of rows, the names not counted. */
  public int rows() {
    return rows;
  }

  /** Returns the line of the file on which a row starts; the first line is 1. */
  public long line(int row) {
    return row + shifts.floorEntry(row).getValue();
  }

  /** Returns whether there is a column of that name. */
  public boolean has(String column) {
    return columns.contains(column);
  }

  /**
   * Returns the cells of a column, spaces around them dropped.
   *
   * @throws InputException if there is no such column, or a cell is blank
   */
  public List<String> categories(String column) {
    return withoutBlanks(column).cells();
  }

  /**
   * Returns the cells of a column, spaces around them dropped; a blank one is empty.
   *
   * @throws InputException if there is no such column
   */
  public List<String> texts(String column) {
    return categories(index(column)).cells();
  }

  /** The categories of a column, none of them blank. */
  Categories withoutBlanks(String column) {
    Categories found = categories(index(column));
    int blank = found.values().indexOf("");
    if (blank >= 0) {
      throw DataErrors.blankCategory(source(), line(found.row(blank)), column);
    }
    return found;
  }

  /** The categories of a column, a blank among them if there is any. */
  Categories categories(int index) {
    return categories.computeIfAbsent(
        index,
        place ->
            new Categories(
                switch (cells.get(place)) {
                  case StoredColumn.Coded coded -> coded;
                  case StoredColumn.Numeric ignored ->
                      CsvReading.one(origin, limits, format, place, rows, scratch);
                  case StoredColumn.Mixed ignored ->
                      CsvReading.one(origin, limits, format, place, rows, scratch);
                }));
  }

  /**
   * Returns the numbers in a column.
   *
   * @throws InputException if there is no such column, or a cell is no finite number
   */
  public List<Double> numbers(String column) {
    int index = index(column);
    OptionalInt wrong = firstNoNumber(index);
    if (wrong.isPresent()) {
      throw notNumber(index, wrong.getAsInt());
    }
    double[] out = new double[rows];
    numbers(index).fill(IntStream.range(0, rows).toArray(), 0, rows, out);
    return ImmutableDoubleArray.copyOf(out).asList();
  }

  /** The first row whose cell in a column is no finite number. */
  OptionalInt firstNoNumber(int index) {
    return cells.get(index).firstNoNumber();
  }

  /** What is wrong with the cell of {@link #firstNoNumber}. */
  InputException notNumber(int index, int row) {
    String cell = cells.get(index).noNumber();
    return DataErrors.notNumber(source(), line(row), columns.get(index), cell);
  }

  /** The cell of {@link #firstNoNumber}. */
  String noNumber(int index) {
    return cells.get(index).noNumber();
  }

  /** Whether a column holds numbers alone, and so many that their texts are not kept. */
  boolean hasManyNumbers(int index) {
    return cells.get(index) instanceof StoredColumn.Numeric;
  }

  /** The numbers of a column in which each cell is one. */
  NumberColumn numbers(int index) {
    return cells.get(index).numbers();
  }

  /**
   * Refuses features of this table's rows that a dtype cannot hold.
   *
   * @param prepared features that were read from this table, or one row for each of its rows
   * @throws InputException with the line and the column of the first such number
   */
  public void requireWithin(DType dtype, Features prepared) {
    for (int row = 0; row < prepared.rows(); row++) {
      for (int j = 0; j < prepared.columns(); j++) {
        double value = prepared.at(row, j);
        if (!Double.isFinite(dtype == DType.F32 ? (float) value : value)) {
          long line = line(prepared.row(row));
          throw DataErrors.beyond(source(), line, prepared.names().get(j), value, dtype);
        }
      }
    }
  }

  /**
   * Returns features of this table's rows as a tensor, n × d.
   *
   * @param prepared features that were read from this table, or one row for each of its rows
   * @throws InputException for the first number that the dtype cannot hold, with its line and
   *     column, and for more numbers than memory can take
   */
  public Tensor tensor(Features prepared, DType dtype) {
    return tensor(prepared, 0, prepared.rows(), dtype);
  }

  /**
   * The same of the rows from one number to before another, (to − from) × d.
   *
   * @throws InputException as for all of them
   */
  public Tensor tensor(Features all, int from, int to, DType dtype) {
    Features prepared = all.range(from, to);
    long numbers = (long) prepared.rows() * prepared.columns();
    long bytes = numbers * dtype.bytes();
    if (numbers > Integer.MAX_VALUE || !Heap.has(bytes)) {
      throw DataErrors.tooLarge(source(), prepared.rows(), prepared.columns(), bytes, Heap.free());
    }
    Tensor tensor = prepared.tensor(dtype);
    for (int i = 0; i < tensor.length(); i++) {
      if (!Double.isFinite(tensor.get(i))) {
        requireWithin(dtype, prepared);
      }
    }
    return tensor;
  }

  /** The place of a column. */
  int index(String column) {
    int index = columns.indexOf(column);
    if (index < 0) {
      throw DataErrors.noColumn(source(), column, columns);
    }
    return index;
  }
}
