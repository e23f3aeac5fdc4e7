package io.deltagraph.data;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.common.primitives.Doubles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTableTest {
  private static CsvTable table(String text) {
    return CsvTable.parse("t.csv", text.getBytes(UTF_8), CsvLimits.DEFAULT);
  }

  private static String error(ThrowingCallable call) {
    return catchThrowableOfType(InputException.class, call).getMessage();
  }

  private static String error(String text) {
    return error(() -> table(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a,b\n1,2\n3,4\n",
        "a,b\n1,2\n3,4",
        "a,b\r\n1,2\r\n3,4\r\n",
        "a,b\r1,2\r3,4\r",
        "\uFEFFa,b\n1,2\n3,4\n",
        "\uFEFFa,b\r\n1,2\r\n3,4\r\n",
        "\n\na,b\n\n1,2\n\n3,4\n\n\n",
        "\"a\",\"b\"\n\"1\",2\n3,\"4\"\n",
        " a , b \n 1,2 \n+3,4.0\n"
      })
  void oneTableWrittenInManyWays(String text) {
    CsvTable table = table(text);
    assertThat(table.columns()).containsExactly("a", "b");
    assertThat(table.rows()).isEqualTo(2);
    assertThat(table.numbers("a")).isEqualTo(Doubles.asList(1, 3));
    assertThat(table.numbers("b")).isEqualTo(Doubles.asList(2, 4));
  }

  @Test
  void quotedCellsHoldCommasQuotesAndLines() {
    CsvTable table = table("name,\"a, b\"\n\"x \"\"y\"\"\nz\",1\nw,2\n");
    assertThat(table.columns()).containsExactly("name", "a, b");
    assertThat(table.line(0)).isEqualTo(2);
    assertThat(table.line(1)).isEqualTo(4);
    assertThat(table.categories("name")).containsExactly("x \"y\"\nz", "w");
    assertThat(table.numbers("a, b")).isEqualTo(Doubles.asList(1, 2));
  }

  @ParameterizedTest
  @CsvSource({
    "1,1",
    "-1.5,-1.5",
    "+.5,0.5",
    "5.,5",
    "1e3,1000",
    "1.5E-2,0.015",
    "007,7",
    "-0,-0.0",
    "4.9e-324,4.9e-324",
    "1e-400,0"
  })
  void numbersAsPeopleWriteThem(String cell, double expected) {
    assertThat(table("a,b\nx," + cell + "\n").numbers("b")).isEqualTo(Doubles.asList(expected));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1f", "1d", "0x1p3", "1_000", "--1", "1e", ".", "e5", "1 2", "١", "1,5", "$3", "true"
      })
  void whatOnlyLooksLikeANumberIsRefused(String cell) {
    CsvTable table = table("a,b\nx,\"" + cell + "\"\n");
    assertThat(error(() -> table.numbers("b")))
        .startsWith("t.csv, line 2, column 'b': found '" + cell + "', expected a number; ");
  }

  @Test
  void textInANumber() {
    CsvTable table = table("a,b\n1,2\n\n3,abc\n");
    assertThat(error(() -> table.numbers("b")))
        .isEqualTo(
            "t.csv, line 4, column 'b': found 'abc', expected a number; correct the cell, or leave out"
                + " the column, or list it under oneHot.");
  }

  @Test
  void decimalCommas() {
    CsvTable table = table("a,b\n1,\"2,5\"\n");
    assertThat(error(() -> table.numbers("b")))
        .isEqualTo(
            "t.csv, line 2, column 'b': found '2,5', expected a number; write a decimal point in place"
                + " of the comma.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "nan", "-inf", "Infinity", "1e999", "-1e309"})
  void numbersThatAreNotFinite(String cell) {
    CsvTable table = table("a,b\n1," + cell + "\n");
    assertThat(error(() -> table.numbers("b")))
        .isEqualTo(
            "t.csv, line 2, column 'b': found '"
                + cell
                + "', expected a finite number; replace the value, or delete the row, or leave out the"
                + " column.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "\"\""})
  void blankCells(String cell) {
    CsvTable table = table("a,b\n1," + cell + "\n");
    assertThat(error(() -> table.numbers("b")))
        .isEqualTo(
            "t.csv, line 2, column 'b': found a blank cell, expected a number; fill it in, or delete"
                + " the row, or leave out the column.");
    assertThat(error(() -> table.categories("b")))
        .isEqualTo(
            "t.csv, line 2, column 'b': found a blank cell, expected a class or category; fill it in or"
                + " delete the row.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n\n", "\uFEFF", "\r\n"})
  void emptyFiles(String text) {
    assertThat(error(text))
        .isEqualTo(
            "t.csv: found an empty file, expected a line with the column names and one line per row;"
                + " check that the file was written to its end.");
  }

  @Test
  void namesWithoutRows() {
    assertThat(error("a,b\n"))
        .isEqualTo(
            "t.csv: found column names but no rows, expected one line per row below them; check that"
                + " the file was written to its end.");
  }

  @Test
  void rowsWithTooFewOrTooManyCells() {
    assertThat(error("a,b,c\n1,2,3\n4,5\n"))
        .isEqualTo(
            "t.csv, line 3: found 2 cells, expected 3 cells ('a' to 'c'); fill in what is missing,"
                + " starting at column 'c'.");
    assertThat(error("a,b\n1,2\n3,4,5\n"))
        .isEqualTo(
            "t.csv, line 3: found 3 cells, expected 2 cells ('a' to 'b'); delete what is beyond 'b' or"
                + " quote cells that hold commas.");
    assertThat(error("a,b\n1\n")).startsWith("t.csv, line 2: found 1 cell, expected 2 cells");
  }

  @Test
  void unknownColumns() {
    CsvTable table = table("sepal_length,sepal_width,class\n1,2,3\n");
    assertThat(error(() -> table.numbers("sepal_lenght")))
        .isEqualTo(
            "t.csv: found no column named 'sepal_lenght', expected one of 'sepal_length',"
                + " 'sepal_width', 'class'; perhaps 'sepal_length' was meant.");
    assertThat(error(() -> table.categories("q"))).endsWith("; correct the name.");
  }

  @Test
  void anotherSeparator() {
    CsvTable table = table("a:b\n1:2\n");
    assertThat(error(() -> table.numbers("b")))
        .isEqualTo(
            "t.csv: found no column named 'b', expected one of 'a:b'; separate the cells by commas.");
  }

  @Test
  void badNames() {
    assertThat(error("1,2\n3,4\n"))
        .isEqualTo(
            "t.csv, line 1: found only numbers, expected the columns' names; put a line with the names"
                + " above the rows.");
    assertThat(error("a,,c\n1,2,3\n"))
        .isEqualTo(
            "t.csv, line 1: found a blank name for column 2, expected a name for every column; name the"
                + " column or delete it.");
    assertThat(error("a,b,a \n1,2,3\n"))
        .isEqualTo(
            "t.csv, line 1: found two columns named 'a', expected different names; rename one of them.");
  }

  @Test
  void brokenQuotes() {
    assertThat(error("a,b\n1,\"2\n3,4\n"))
        .isEqualTo(
            "t.csv: found unclosed quoted field at end of input (record starting at line 2), expected"
                + " CSV as in RFC 4180; correct the quotes.");
  }

  @Test
  void whatIsNotUtf8() {
    String german = "a,größe\n1,2\n";
    assertThat(error(() -> CsvTable.parse("t.csv", german.getBytes(ISO_8859_1), CsvLimits.DEFAULT)))
        .isEqualTo(
            "t.csv: found bytes at offset 4 that are not UTF-8, expected UTF-8 text; save the file as"
                + " \"CSV UTF-8\".");
    assertThat(error(() -> CsvTable.parse("t.csv", german.getBytes(UTF_16), CsvLimits.DEFAULT)))
        .startsWith("t.csv: found bytes at offset 0 that are not UTF-8");
    assertThat(error("a,b\n1,\0\n"))
        .startsWith(
            "t.csv, line 2: found a NUL character, which no text holds, expected CSV text;");
    assertThat(table(german).columns()).containsExactly("a", "größe");
  }

  @Test
  void limitsHoldBeforeMemoryIsTaken() {
    byte[] bytes = "a,b\n1,2\n3,4\n5,6\n".getBytes(UTF_8);
    assertThat(error(() -> CsvTable.parse("t.csv", bytes, new CsvLimits(5, 2))))
        .isEqualTo(
            "t.csv: found about 3 rows of 2 numbers, which take 6 bytes of memory, expected at most 5"
                + " bytes, which is what is left; keep only the rows and columns needed, train from disk (in a spec,"
                + " \"storage\": \"disk\" in \"data\"), or give Java"
                + " more memory, such as by the environment variable JDK_JAVA_OPTIONS=-Xmx8g.");
    assertThat(error(() -> CsvTable.parse("t.csv", bytes, new CsvLimits(6, 1))))
        .isEqualTo(
            "t.csv: found more than 1 columns, expected at most that many; keep only the rows and"
                + " columns needed.");
    assertThat(CsvTable.parse("t.csv", bytes, new CsvLimits(6, 2)).rows()).isEqualTo(3);
    assertThat(error("a\nx" + "y".repeat(70_000) + "\n")).contains("exceeds the max field size");
  }

  @Test
  void filesThatCannotBeRead(@TempDir Path folder) throws IOException {
    Path missing = folder.resolve("missing.csv");
    assertThat(error(() -> CsvTable.read(missing)))
        .isEqualTo(
            missing
                + ": found no such file, expected a readable CSV file; check the path, which was looked"
                + " up as "
                + missing
                + ".");
    assertThat(error(() -> CsvTable.read(folder)))
        .isEqualTo(
            folder + ": found a folder, expected a readable CSV file; name a file inside it.");
    Path file = Files.writeString(folder.resolve("t.csv"), "a,b\n1,2\n");
    assertThat(CsvTable.read(file).rows()).isEqualTo(1);
  }

  @Test
  void whatAFileHoldsIsShownShortAndHarmless() {
    CsvTable table = table("a,b\n1,\"\u001b[2J" + "z".repeat(100) + "\"\n");
    assertThat(error(() -> table.numbers("b")))
        .contains("found '\\u001b[2J" + "z".repeat(36) + "…', expected")
        .doesNotContain("\u001b");
  }

  @Test
  void thePartsOfAnErrorCanBeAskedFor() {
    CsvTable table = table("a\nx\n");
    InputException e = catchThrowableOfType(InputException.class, () -> table.numbers("a"));
    assertThat(List.of(e.where(), e.found(), e.expected()))
        .containsExactly("t.csv, line 2, column 'a'", "'x'", "a number");
    assertThat(e.advice()).startsWith("correct the cell");
  }

  @ParameterizedTest
  @ValueSource(strings = {";", "\t", "|"})
  void otherSeparatorsAreSeen(String mark) {
    CsvTable table = table("\na,b\n1,2\n3,\"4\"\n".replace(",", mark));
    assertThat(table.columns()).containsExactly("a", "b");
    assertThat(table.numbers("b")).containsExactly(2.0, 4.0);
    assertThat(table("\"a;b\"\n1\n").columns()).containsExactly("a;b");
    assertThat(table("a;b,c\n1,2\n").columns()).containsExactly("a;b", "c");
    CsvTable decimal = table("a;b\n1,5;2\n1;2.5\n");
    assertThatThrownBy(() -> decimal.numbers("a"))
        .hasMessageContaining("write a decimal point in place of the comma");
  }
}
