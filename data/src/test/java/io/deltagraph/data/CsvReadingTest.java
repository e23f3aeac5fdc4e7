package io.deltagraph.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.common.collect.ImmutableList;
import de.siegmar.fastcsv.reader.CsvReader;
import io.deltagraph.random.RandomStream;
import io.deltagraph.random.Seeds;
import io.deltagraph.tensor.Tensor;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables read into columns, beside what a reader finds that keeps every cell as a text. */
class CsvReadingTest {
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+)?");

  @TempDir private Path folder;

  private static CsvTable table(String text) {
    return CsvTable.parse("t.csv", text.getBytes(UTF_8), CsvLimits.DEFAULT);
  }

  private CsvTable onDisk(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("t.csv"), text);
    return CsvTable.onDisk(file, CsvLimits.DEFAULT, CsvFormat.FOUND);
  }

  private static double number(String cell) {
    return NUMBER.matcher(cell.strip()).matches() ? Double.parseDouble(cell.strip()) : Double.NaN;
  }

  /** Cells of one kind, as many as there are rows. */
  private static List<String> cells(RandomStream random, int kind, int rows) {
    return IntStream.range(0, rows)
        .mapToObj(row ->
            switch (kind) {
              case 0 -> Integer.toString(random.nextInt(10));
              case 1 -> String.format(Locale.ROOT, "%.6f", random.nextGaussian());
              case 2 ->
                  Double.toString(random.nextGaussian() * Math.exp(100 * random.nextGaussian()));
              case 3 -> List.of("1", "1.0", " 1", "01", "+1", "1e0").get(random.nextInt(6));
              case 4 -> List.of("x", " x", "a,b", "q\"r", "two\nlines", "ü").get(random.nextInt(6));
              case 5 -> random.nextInt(rows) == 0 ? "NA" : Long.toString(random.nextLong());
              case 6 -> "id" + random.nextInt(2 * rows);
              case 7 -> random.nextInt(2 * rows) == 0 ? " " : String.valueOf(random.nextInt(500));
              default -> "-0." + "0".repeat(random.nextInt(30)) + random.nextInt(1000);
            })
        .toList();
  }

  private static String written(String cell, char separator, RandomStream random) {
    boolean quoted =
        cell.indexOf(separator) >= 0
            || cell.contains("\"")
            || cell.contains("\n")
            || random.nextInt(8) == 0;
    return quoted ? '"' + cell.replace("\"", "\"\"") + '"' : cell;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
  @DisplayName("Every column has the numbers and the categories that its texts say")
  void columns(int seed) throws IOException {
    RandomStream random = Seeds.of(seed).derive("csv").stream();
    int rows = 1 + random.nextInt(seed % 2 == 0 ? 60 : 9000);
    int width = 1 + random.nextInt(12);
    List<List<String>> columns =
        IntStream.range(0, width).mapToObj(j -> cells(random, random.nextInt(9), rows)).toList();
    char separator = ",;\t".charAt(width == 1 ? 0 : random.nextInt(3));
    String feed = random.nextInt(2) == 0 ? "\n" : "\r\n";
    StringBuilder text = new StringBuilder(random.nextInt(2) == 0 ? "\uFEFF" : "");
    text.append(
        IntStream.range(0, width)
            .mapToObj(j -> "c" + j)
            .collect(Collectors.joining(String.valueOf(separator))));
    long line = 1;
    List<Long> lines = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      int blank = random.nextInt(20) == 0 ? 1 : 0;
      text.append(feed.repeat(1 + blank));
      line += 1 + blank;
      lines.add(line);
      for (int j = 0; j < width; j++) {
        String cell = columns.get(j).get(row);
        text.append(j == 0 ? "" : separator).append(written(cell, separator, random));
        line += cell.chars().filter(c -> c == '\n').count();
      }
    }
    text.append(random.nextInt(2) == 0 ? feed : "");
    boolean disk = seed % 4 >= 2;
    CsvTable table = disk ? onDisk(text.toString()) : table(text.toString());
    String replay = "seed " + seed;
    assertThat(table.rows()).as(replay).isEqualTo(rows);
    assertThat(IntStream.range(0, rows).mapToObj(table::line).toList()).as(replay).isEqualTo(lines);
    for (int j = 0; j < width; j++) {
      List<String> cells = columns.get(j);
      String where = replay + ", column " + j;
      List<Double> numbers = cells.stream().map(CsvReadingTest::number).toList();
      int wrong =
          IntStream.range(0, rows).filter(i -> !isFinite(numbers, i)).findFirst().orElse(-1);
      String name = "c" + j;
      if (wrong < 0) {
        assertThat(table.numbers(name)).as(where).isEqualTo(numbers);
      } else {
        String found =
            catchThrowableOfType(InputException.class, () -> table.numbers(name)).where();
        assertThat(found)
            .as(where)
            .isEqualTo(table.source() + ", line " + lines.get(wrong) + ", column '" + name + "'");
      }
      int blank =
          IntStream.range(0, rows).filter(i -> cells.get(i).isBlank()).findFirst().orElse(-1);
      if (blank < 0) {
        assertThat(table.categories(name))
            .as(where)
            .isEqualTo(cells.stream().map(String::strip).toList());
      } else {
        String found =
            catchThrowableOfType(InputException.class, () -> table.categories(name)).where();
        assertThat(found).as(where).contains("line " + lines.get(blank) + ",");
      }
    }
  }

  private static boolean isFinite(List<Double> numbers, int row) {
    return Double.isFinite(numbers.get(row));
  }

  @Test
  @DisplayName("A number is the nearest double, however it is written")
  void nearest() {
    RandomStream random = Seeds.of(5).derive("cells").stream();
    String signs = "0123456789..+-eE f";
    for (int i = 0; i < 300_000; i++) {
      String cell =
          switch (i % 5) {
            case 0 -> Double.toString(Double.longBitsToDouble(random.nextLong()));
            case 1 ->
                String.format(Locale.ROOT, "%." + random.nextInt(25) + "f", random.nextGaussian());
            case 2 ->
                random.nextLong() + "." + random.nextInt(1000) + "E" + (random.nextInt(80) - 40);
            case 3 -> (random.nextInt(1 << 30) + (1L << 53)) + "e-" + random.nextInt(30);
            default ->
                IntStream.range(0, random.nextInt(8))
                    .mapToObj(k -> signs.substring(random.nextInt(18)).substring(0, 1))
                    .collect(Collectors.joining());
          };
      assertThat(NumberCell.value(cell))
          .as("seed 5, cell '%s'", cell)
          .isEqualTo(Double.valueOf(number(cell)));
    }
  }

  @ParameterizedTest
  @CsvSource({"300, false", "70000, false", "70000, true"})
  @DisplayName("Many different cells are read again as they are written when they are asked for")
  void manyDifferentCells(int rows, boolean text) {
    List<String> cells =
        IntStream.range(0, rows).mapToObj(i -> (text ? "n" : "0") + i + ".0").toList();
    CsvTable table = table("id,x\n" + String.join(",1\n", cells) + ",1\n");
    assertThat(table.categories("id")).isEqualTo(cells);
    if (text) {
      String error = catchThrowableOfType(InputException.class, () -> table.numbers("id")).where();
      assertThat(error).isEqualTo("t.csv, line 2, column 'id'");
    } else {
      assertThat(table.numbers("id").get(rows - 1)).isEqualTo(rows - 1);
    }
    assertThat(table.numbers("x")).hasSize(rows).containsOnly(1.0);
  }

  @Test
  @DisplayName("A text below many numbers is neither lost nor taken for a number")
  void aTextBelowNumbers() {
    String numbers =
        IntStream.range(0, 5000).mapToObj(i -> i + ".5").collect(Collectors.joining("\n"));
    CsvTable table = table("x\n" + numbers + "\nnone\n7\n");
    assertThat(catchThrowableOfType(InputException.class, () -> table.numbers("x")))
        .hasMessageStartingWith("t.csv, line 5002, column 'x': found 'none', expected a number; ");
    assertThat(table.categories("x")).hasSize(5002).endsWith("4999.5", "none", "7");
  }

  @Test
  @DisplayName("A file that has changed is not read again")
  void aChangedFile(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("t.csv");
    String numbers = IntStream.range(0, 400).mapToObj(i -> i + "\n").collect(Collectors.joining());
    Files.writeString(file, "x\n" + numbers);
    CsvTable table = CsvTable.read(file);
    Files.setLastModifiedTime(file, FileTime.fromMillis(1));
    assertThat(table.numbers("x")).hasSize(400);
    assertThat(catchThrowableOfType(InputException.class, () -> table.categories("x")))
        .hasMessage(
            file
                + ": found a file that was written to after its table was read, expected the same rows"
                + " as before; start again once it is written.");
  }

  @Test
  @DisplayName("A table is refused by its first rows, before the memory is taken")
  void refusedEarly() {
    String row =
        IntStream.range(0, 20).mapToObj(j -> j + ".25").collect(Collectors.joining(",")) + "\n";
    String names = IntStream.range(0, 20).mapToObj(j -> "x" + j).collect(Collectors.joining(","));
    // The broken row at the end is not reached.
    byte[] text = (names + "\n" + row.repeat(40_000) + "1,2\n").getBytes(UTF_8);
    InputException e =
        catchThrowableOfType(
            InputException.class, () -> CsvTable.parse("t.csv", text, new CsvLimits(700_000, 20)));
    assertThat(e.found())
        .matches("about (39|4.)\\d{3} rows of 20 numbers, which take .* of memory");
    assertThat(e.expected()).isEqualTo("at most 700000 bytes, which is what is left");
  }

  @Test
  @DisplayName("A heap that is nearly full still takes a small table, and a full one takes nothing")
  void fullHeaps() {
    assertThat(Heap.free(1000, 100)).isEqualTo(550);
    assertThat(Heap.free(1000, 900)).isEqualTo(50);
    assertThat(Heap.free(1000, 1000)).isZero();
    assertThat(Heap.has(0)).isTrue();
  }

  /** Reads the file that is named first and tells what came of it. */
  static final class Reading {
    private Reading() {}

    public static void main(String[] arguments) {
      try {
        CsvTable table = CsvTable.read(Path.of(arguments[0]));
        System.out.print(table.rows() + " rows, " + table.numbers("x99").getLast());
      } catch (InputException e) {
        System.out.print("refused: " + e.getMessage());
      }
    }
  }

  private static String inSmallHeap(Path file) throws IOException, InterruptedException {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx24m",
                "-XX:+UseSerialGC",
                "-cp",
                Stream.of(
                        Reading.class,
                        CsvTable.class,
                        Tensor.class,
                        ImmutableList.class,
                        CsvReader.class)
                    .map(type -> type.getProtectionDomain().getCodeSource().getLocation().getPath())
                    .collect(Collectors.joining(File.pathSeparator)),
                Reading.class.getName(),
                file.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(child.getInputStream().readAllBytes(), UTF_8);
    assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return output;
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @DisplayName("A million cells of pixels need no 24 MB; two million different numbers are refused")
  void smallHeap(boolean pixels, @TempDir Path folder) throws IOException, InterruptedException {
    RandomStream random = Seeds.of(3).derive("pixels").stream();
    List<String> pixel =
        IntStream.range(0, 256)
            .mapToObj(i -> String.format(Locale.ROOT, "%.4f", i / 255.0))
            .toList();
    StringBuilder text =
        new StringBuilder(
            IntStream.range(0, 100).mapToObj(j -> "x" + j).collect(Collectors.joining(",")));
    int rows = pixels ? 10_000 : 20_000;
    for (int cell = 0; cell < 100 * rows; cell++) {
      text.append(cell % 100 == 0 ? '\n' : ',');
      text.append(
          pixels ? pixel.get(random.nextInt(256)) : Integer.toString(random.nextInt(1 << 20)));
    }
    Path file = Files.writeString(folder.resolve("t.csv"), text);
    String last = text.substring(text.lastIndexOf(",") + 1);
    String output = inSmallHeap(file);
    if (pixels) {
      assertThat(output).isEqualTo("10000 rows, " + Double.parseDouble(last));
    } else {
      assertThat(output)
          .matches(
              "refused: .*: found about (19|20)\\d{3} rows of 100 numbers, which take 1. MB of memory,"
                  + " expected at most \\d+ MB, which is what is left; .*");
    }
  }
}
