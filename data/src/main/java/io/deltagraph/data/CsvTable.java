package io.deltagraph.data;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import com.google.common.primitives.ImmutableLongArray;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.deltagraph.type.DType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A CSV file as text: a line of column names, then rows of as many cells.
 *
 * <p>UTF-8 with or without a byte order mark, lines ended by LF, CRLF or CR, cells quoted as in RFC
 * 4180; empty lines are skipped. Cells are separated by commas, or by semicolons or tabs where the
 * first line has those and no comma. Whatever else is wrong is one {@link InputException} that
 * names the file, the line and the column.
 */
public final class CsvTable {
  private static final int LONGEST_CELL = 1 << 16;

  private final String source;
  private final List<String> columns;
  private final List<List<String>> rows;
  private final ImmutableLongArray lines;

  private CsvTable(
      String source, List<String> columns, List<List<String>> rows, ImmutableLongArray lines) {
    this.source = source;
    this.columns = columns;
    this.rows = rows;
    this.lines = lines;
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
   * Reads a file within the limits.
   *
   * @throws InputException if it cannot be read or is no such table
   */
  public static CsvTable read(Path file, CsvLimits limits) {
    if (!Files.exists(file)) {
      throw DataErrors.notFound(file);
    }
    if (Files.isDirectory(file)) {
      throw DataErrors.folder(file);
    }
    int most = (int) Math.min(limits.bytes(), Integer.MAX_VALUE - 16);
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      // Counted while reading: a pipe or a growing file has no size to ask for.
      bytes = in.readNBytes(most + 1);
    } catch (AccessDeniedException e) {
      throw DataErrors.unreadable(file, "access denied");
    } catch (IOException e) {
      throw DataErrors.unreadable(file, String.valueOf(e.getMessage()));
    }
    if (bytes.length > most) {
      throw DataErrors.tooLong(file.toString(), most);
    }
    return parse(file.toString(), bytes, limits);
  }

  /**
   * Reads a table from memory.
   *
   * @param source what to call it in errors
   * @throws InputException if it is no such table
   */
  public static CsvTable parse(String source, byte[] utf8, CsvLimits limits) {
    String text = decode(source, utf8);
    List<String> columns = null;
    ImmutableList.Builder<List<String>> rows = ImmutableList.builder();
    ImmutableLongArray.Builder lines = ImmutableLongArray.builder();
    long count = 0;
    CsvRecordHandler handler =
        CsvRecordHandler.builder()
            .maxFields(limits.columns() + 1)
            .maxFieldSize(LONGEST_CELL)
            .build();
    try (CsvReader<CsvRecord> reader =
        CsvReader.builder()
            .fieldSeparator(separator(text))
            .allowUnclosedQuote(false)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .build(handler, text)) {
      for (CsvRecord row : reader) {
        long line = row.getStartingLineNumber();
        if (columns == null) {
          columns = header(source, line, row.getFields(), limits);
          continue;
        }
        if (row.getFieldCount() != columns.size()) {
          throw DataErrors.ragged(source, line, row.getFieldCount(), columns);
        }
        count++;
        if (count > limits.rows()) {
          throw DataErrors.tooMany(source, "rows", limits.rows());
        }
        if (count * columns.size() > limits.cells()) {
          throw DataErrors.tooMany(source, "cells", limits.cells());
        }
        rows.add(ImmutableList.copyOf(row.getFields()));
        lines.add(line);
      }
    } catch (CsvParseException e) {
      throw DataErrors.broken(source, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw DataErrors.broken(source, String.valueOf(e.getMessage()));
    }
    if (columns == null) {
      throw DataErrors.empty(source);
    }
    if (count == 0) {
      throw DataErrors.noRows(source);
    }
    return new CsvTable(source, columns, rows.build(), lines.build());
  }

  /** What the line of names has between them. */
  private static char separator(String text) {
    String names = text.lines().filter(line -> !line.isBlank()).findFirst().orElse("").strip();
    boolean one = names.startsWith("\"") && names.indexOf('"', 1) == names.length() - 1;
    if (one || names.indexOf(',') >= 0) {
      return ',';
    }
    return names.indexOf(';') >= 0 ? ';' : names.indexOf('\t') >= 0 ? '\t' : ',';
  }

  private static String decode(String source, byte[] utf8) {
    boolean marked =
        utf8.length >= 3
            && utf8[0] == (byte) 0xEF
            && utf8[1] == (byte) 0xBB
            && utf8[2] == (byte) 0xBF;
    ByteBuffer in = ByteBuffer.wrap(utf8);
    in.position(marked ? 3 : 0);
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    CharBuffer out = CharBuffer.allocate(in.remaining());
    CoderResult result = decoder.decode(in, out, true);
    String text = out.flip().toString();
    int nul = text.indexOf('\0');
    if (nul >= 0) {
      throw DataErrors.nul(
          source, 1 + text.substring(0, nul).chars().filter(c -> c == '\n').count());
    }
    if (result.isError()) {
      throw DataErrors.notUtf8(source, in.position());
    }
    return text;
  }

  private static List<String> header(
      String source, long line, List<String> cells, CsvLimits limits) {
    if (cells.size() > limits.columns()) {
      throw DataErrors.tooMany(source, "columns", limits.columns());
    }
    if (cells.stream().allMatch(NumberCell::isWritten)) {
      throw DataErrors.noHeader(source, line);
    }
    ImmutableList.Builder<String> names = ImmutableList.builder();
    Set<String> seen = new HashSet<>();
    for (String cell : cells) {
      String name = cell.strip();
      if (name.isEmpty()) {
        throw DataErrors.blankName(source, line, seen.size() + 1);
      }
      if (!seen.add(name)) {
        throw DataErrors.twoOfOneName(source, line, name);
      }
      names.add(name);
    }
    return names.build();
  }

  /** Returns what the table is called in errors. */
  public String source() {
    return source;
  }

  /** Returns the columns' names in the order of the file. */
  public List<String> columns() {
    return columns;
  }

  /** Returns the number of rows, the names not counted. */
  public int rows() {
    return rows.size();
  }

  /** Returns the line of the file on which a row starts; the first line is 1. */
  public long line(int row) {
    return lines.get(row);
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
    int index = index(column);
    ImmutableList.Builder<String> out = ImmutableList.builderWithExpectedSize(rows());
    for (int row = 0; row < rows(); row++) {
      String cell = rows.get(row).get(index).strip();
      if (cell.isEmpty()) {
        throw DataErrors.blankCategory(source, line(row), column);
      }
      out.add(cell);
    }
    return out.build();
  }

  /**
   * Returns the numbers in a column.
   *
   * @throws InputException if there is no such column, or a cell is no finite number
   */
  public List<Double> numbers(String column) {
    int index = index(column);
    double[] out = new double[rows()];
    for (int row = 0; row < out.length; row++) {
      out[row] = number(row, index);
    }
    return ImmutableDoubleArray.copyOf(out).asList();
  }

  /**
   * Refuses features of this table's rows that a dtype cannot hold.
   *
   * @param prepared one row for each row of this table
   * @throws InputException with the line and the column of the first such number
   */
  public void requireWithin(DType dtype, Features prepared) {
    for (int row = 0; row < prepared.rows(); row++) {
      for (int j = 0; j < prepared.columns(); j++) {
        double value = prepared.at(row, j);
        if (!Double.isFinite(dtype == DType.F32 ? (float) value : value)) {
          throw DataErrors.beyond(source, line(row), prepared.names().get(j), value, dtype);
        }
      }
    }
  }

  /** The number in a cell. */
  double number(int row, int index) {
    String cell = rows.get(row).get(index);
    return NumberCell.parse(cell)
        .orElseThrow(() -> DataErrors.notNumber(source, line(row), columns.get(index), cell));
  }

  /** The text of a cell, spaces around it dropped. */
  String cell(int row, int index) {
    return rows.get(row).get(index).strip();
  }

  /** The place of a column. */
  int index(String column) {
    int index = columns.indexOf(column);
    if (index < 0) {
      throw DataErrors.noColumn(source, column, columns);
    }
    return index;
  }
}
