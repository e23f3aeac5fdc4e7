package io.deltagraph.data;

import com.google.common.base.Ascii;
import io.deltagraph.type.DType;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Every message about a table, composed in this one place. */
final class DataErrors {
  private static final int LISTED = 12;
  private static final String MORE_MEMORY =
      "give Java more memory, such as by the environment variable JDK_JAVA_OPTIONS=-Xmx8g";

  private DataErrors() {}

  static InputException notFound(Path file) {
    return new InputException(
        file.toString(),
        "no such file",
        "a readable CSV file",
        "check the path, which was looked up as " + file.toAbsolutePath().normalize());
  }

  static InputException folder(Path file) {
    return new InputException(
        file.toString(), "a folder", "a readable CSV file", "name a file inside it");
  }

  static InputException unreadable(String source, String reason) {
    return new InputException(
        source,
        "a file that cannot be read (" + reason + ")",
        "a readable CSV file",
        "check its permissions");
  }

  static InputException longPipe(String source, long limit) {
    return new InputException(
        source,
        "more than " + megabytes(limit) + " in a pipe, which has to be kept in memory",
        "at most that much",
        "write it to a file first, or " + MORE_MEMORY);
  }

  static InputException changed(String source) {
    return new InputException(
        source,
        "a file that was written to after its table was read",
        "the same rows as before",
        "start again once it is written");
  }

  /** More than is free, in sum. */
  static InputException tooLarge(String source, long rows, int columns, long needed, long limit) {
    return new InputException(
        source,
        "about "
            + rows
            + " rows of "
            + counted(columns, "number")
            + ", which take "
            + megabytes(needed)
            + " of memory",
        "at most " + megabytes(limit) + ", which is what is left",
        "keep only the rows and columns needed, train from disk (in a spec, \"storage\": \"disk\""
            + " in \"data\"), or "
            + MORE_MEMORY);
  }

  private static String megabytes(long bytes) {
    return bytes < 1_000_000 ? bytes + " bytes" : Math.round(bytes / 1e6) + " MB";
  }

  static InputException notUtf8(String source, long at) {
    return new InputException(
        source,
        "bytes at offset " + at + " that are not UTF-8",
        "UTF-8 text",
        "save the file as \"CSV UTF-8\"");
  }

  static InputException nul(String source, long line) {
    return new InputException(
        at(source, line),
        "a NUL character, which no text holds",
        "CSV text",
        "check that this is no binary file; a spreadsheet has to be saved as \"CSV UTF-8\"");
  }

  static InputException empty(String source) {
    return new InputException(
        source,
        "an empty file",
        "a line with the column names and one line per row",
        "check that the file was written to its end");
  }

  static InputException noRows(String source) {
    return new InputException(
        source,
        "column names but no rows",
        "one line per row below them",
        "check that the file was written to its end");
  }

  static InputException broken(String source, String reason) {
    return new InputException(
        source,
        Ascii.toLowerCase(reason.charAt(0)) + reason.substring(1),
        "CSV as in RFC 4180",
        "correct the quotes");
  }

  static InputException longCell(String source, int index, long line, int most) {
    return broken(
        source,
        "Field at index %d in record starting at line %d exceeds the max field size of %d characters"
            .formatted(index, line, most));
  }

  static InputException tooMany(String source, String what, long limit) {
    return new InputException(
        source,
        "more than " + limit + " " + what,
        "at most that many",
        "keep only the rows and columns needed");
  }

  static InputException noHeader(String source, long line) {
    return new InputException(
        at(source, line),
        "only numbers",
        "the columns' names",
        "put a line with the names above the rows");
  }

  static InputException blankName(String source, long line, int position) {
    return new InputException(
        at(source, line),
        "a blank name for column " + position,
        "a name for every column",
        "name the column or delete it");
  }

  static InputException twoOfOneName(String source, long line, String name) {
    return new InputException(
        at(source, line),
        "two columns named " + InputException.quoted(name),
        "different names",
        "rename one of them");
  }

  static InputException ragged(String source, long line, int got, List<String> columns) {
    String first = columns.getFirst();
    String last = columns.getLast();
    return new InputException(
        at(source, line),
        counted(got, "cell"),
        counted(columns.size(), "cell")
            + " ("
            + InputException.quoted(first)
            + " to "
            + InputException.quoted(last)
            + ")",
        got < columns.size()
            ? "fill in what is missing, starting at column "
                + InputException.quoted(columns.get(got))
            : "delete what is beyond "
                + InputException.quoted(last)
                + " or quote cells that hold commas");
  }

  static InputException noColumn(String source, String name, List<String> columns) {
    boolean otherSeparator = columns.size() == 1 && columns.getFirst().contains(name);
    return new InputException(
        source,
        "no column named " + InputException.quoted(name),
        "one of " + listed(columns),
        otherSeparator
            ? "separate the cells by commas"
            : InputException.suggestion(name, columns, "correct the name"));
  }

  static InputException notNumber(String source, long line, String column, String cell) {
    return notNumber(at(source, line, column), cell);
  }

  static InputException notNumber(String where, String cell) {
    if (cell.isBlank()) {
      return new InputException(
          where,
          "a blank cell",
          "a number",
          "fill it in, or delete the row, or leave out the column");
    }
    if (isNotFinite(cell)) {
      return new InputException(
          where,
          InputException.quoted(cell),
          "a finite number",
          "replace the value, or delete the row, or leave out the column");
    }
    return new InputException(
        where,
        InputException.quoted(cell),
        "a number",
        cell.matches("[+-]?\\d{1,20},\\d{1,20}")
            ? "write a decimal point in place of the comma"
            : "correct the cell, or leave out the column, or list it under oneHot");
  }

  static InputException beyond(String source, long line, String column, double value, DType dtype) {
    return new InputException(
        at(source, line, column),
        "a number that is " + value + " where the model takes it",
        "one within the range of " + dtype,
        dtype == DType.F32
            ? "correct the cell, delete the row, scale the column, or use f64"
            : "correct the cell, delete the row, or scale the column");
  }

  static InputException blankCategory(String source, long line, String column) {
    return blankCategory(at(source, line, column));
  }

  static InputException blankCategory(String where) {
    return new InputException(
        where, "a blank cell", "a class or category", "fill it in or delete the row");
  }

  static InputException unknownCategory(
      String source, long line, String column, String cell, List<String> known) {
    return unknownCategory(at(source, line, column), cell, known);
  }

  static InputException unknownCategory(String where, String cell, List<String> known) {
    return new InputException(
        where,
        InputException.quoted(cell),
        "one of " + listed(known),
        known.stream()
            .filter(other -> Labels.meaning(other).equals(Labels.meaning(cell)))
            .findFirst()
            .map(other -> "write it as " + InputException.quoted(other))
            .orElseGet(() ->
                InputException.suggestion(
                    cell, known, "delete the row or train with rows of that kind")));
  }

  static InputException alike(String source, long line, String column, String cell, String other) {
    return new InputException(
        at(source, line, column),
        InputException.quoted(cell)
            + ", which an earlier row writes "
            + InputException.quoted(other),
        "one way of writing each class or category",
        "write both alike");
  }

  static InputException oneClass(String source, String column, String only) {
    return new InputException(
        at(source, column),
        "only one class, " + InputException.quoted(only),
        "at least two",
        "add rows of another class or choose another target");
  }

  static InputException tooManyClasses(String source, String column, int classes, int rows) {
    return new InputException(
        at(source, column),
        classes + " different values in " + rows + " rows",
        "a few classes",
        "set the task to regression or choose another target");
  }

  static InputException classNames(String source, String column, int got, List<String> values) {
    return new InputException(
        at(source, column),
        counted(got, "class name"),
        "one for each of the " + values.size() + " values " + listed(values),
        "name the classes in the order of these values");
  }

  static InputException noRowOf(String source, String name) {
    return new InputException(
        source,
        "no row to train on of the class " + InputException.quoted(name),
        "some of each class, which a balance is made from",
        "add rows of it, or give the weights as numbers");
  }

  static InputException noClass(String source, String name, List<String> names) {
    return new InputException(
        source,
        "the class " + InputException.quoted(name),
        "one of " + listed(names),
        InputException.suggestion(name, names, "correct the name"));
  }

  static InputException targetAsFeature(String source, String target) {
    return new InputException(
        source,
        "the target " + InputException.quoted(target) + " among the columns to learn from",
        "other columns only",
        "take it out of the columns");
  }

  static InputException noFeatures(String source, String target) {
    return new InputException(
        source,
        "no column beside the target " + InputException.quoted(target),
        "at least one to learn from",
        "add a column");
  }

  static String at(String source, long line) {
    return source + ", line " + line;
  }

  /** What the row has beside the columns may be the one under another name. */
  static InputException missingCell(String row, String name, Collection<String> beside) {
    return new InputException(
        row,
        "no value for " + InputException.quoted(name),
        "one for every column that the model learnt from",
        InputException.suggestion(
            name, beside, "add it; what the model takes is listed with its columns"));
  }

  static InputException noCell(String where, Object value) {
    return new InputException(
        where,
        value instanceof Collection ? "a list" : "an object",
        "a number or a text",
        "give one value for each column");
  }

  static InputException notDate(String where, String cell) {
    return new InputException(
        where,
        cell.isBlank() ? "a blank cell" : InputException.quoted(cell),
        "a date such as 2025-01-31, or with a time, 2025-01-31T12:30",
        "correct the cell, delete the row, or leave out the column");
  }

  static InputException tooManyCategories(String source, String column, int found, int most) {
    return new InputException(
        at(source, column),
        found + " different texts",
        "numbers, dates, or at most " + most + " categories",
        "leave out the column, list it under oneHot, or raise mostCategories");
  }

  static InputException allBlank(String source, String column) {
    return new InputException(
        at(source, column),
        "blank cells alone in the rows to train on",
        "some that are not, to fill the others from",
        "leave out the column");
  }

  static InputException noPlace(String where, double place, int count) {
    return new InputException(
        where,
        "the category number " + place,
        "a whole number from 0 to " + (count - 1),
        "give the place of the category among those that the model knows");
  }

  static String at(String source, String column) {
    return source + ", column " + InputException.quoted(column);
  }

  static String at(String source, long line, String column) {
    return source + ", line " + line + ", column " + InputException.quoted(column);
  }

  private static String counted(int number, String what) {
    return number + " " + what + (number == 1 ? "" : what.endsWith("s") ? "es" : "s");
  }

  private static boolean isNotFinite(String cell) {
    String bare = Ascii.toLowerCase(cell.strip()).replaceFirst("^[+-]", "");
    return bare.equals("nan")
        || bare.equals("inf")
        || bare.equals("infinity")
        || NumberCell.isWritten(cell);
  }

  private static String listed(Collection<String> names) {
    String first =
        names.stream()
            .limit(LISTED)
            .map(name -> InputException.quoted(name))
            .collect(Collectors.joining(", "));
    return names.size() <= LISTED ? first : first + " and " + (names.size() - LISTED) + " more";
  }
}
