package io.deltagraph.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What columns are taken for and what they become, beside pandas 1.5.3 and scikit-learn 1.2.1 on
 * the same table: {@code t = pd.read_csv(..., sep=';', decimal=',')}, and the first four rows for
 * training.
 */
class ColumnTypesTest {
  private static final String TABLE =
      """
      size;colour;sold;price
      1,5;red;2024-02-29;10
      ;blue;2023-01-01;20
      -3,25;;1969-12-31;30
      10;red;;40
      1,5;green;2000-01-01 06:00;50
      7,125;blue;2024-02-29;60
      """;

  private static final List<Integer> TRAIN = List.of(0, 1, 2, 3);

  @TempDir private Path folder;

  private static CsvTable table(String csv) {
    return CsvTable.parse("t", csv.getBytes(StandardCharsets.UTF_8), CsvLimits.DEFAULT);
  }

  private static ColumnOptions options(MissingRule missing, boolean zeros, boolean parts) {
    return new ColumnOptions(List.of(), missing, zeros, parts, 5);
  }

  private static Features features(MissingRule missing, boolean parts) {
    CsvTable table = table(TABLE);
    return columns(table, missing, parts).read(table);
  }

  private static FeatureColumns columns(CsvTable table, MissingRule missing, boolean parts) {
    return FeatureColumns.choose(table, "price", List.of(), options(missing, false, parts))
        .learn(table, TRAIN, MissingRules.all(missing));
  }

  private static double[] column(Features features, String name) {
    int column = features.names().indexOf(name);
    double[] out = new double[features.rows()];
    Arrays.setAll(out, row -> features.at(row, column));
    return out;
  }

  /** {@code SimpleImputer(strategy=...).fit(t.loc[train, ['size']]).transform(t[['size']])}. */
  @ParameterizedTest
  @CsvSource({"MEAN, 2.75", "MEDIAN, 1.5", "MOST_FREQUENT, -3.25", "INDICATOR, 2.75"})
  void blankNumbersAreFilledFromTrainingRows(MissingRule rule, double fill) {
    assertThat(column(features(rule, false), "size"))
        .containsExactly(1.5, fill, -3.25, 10, 1.5, 7.125);
  }

  /** {@code MissingIndicator(features='all')}. */
  @Test
  void anIndicatorSaysWhichCellsWereBlank() {
    Features features = features(MissingRule.INDICATOR, false);
    assertThat(features.names())
        .containsExactly(
            "size",
            "size is blank",
            "colour=blue",
            "colour=green",
            "colour=red",
            "colour is blank",
            "sold",
            "sold is blank");
    assertThat(column(features, "size is blank")).containsExactly(0, 1, 0, 0, 0, 0);
    assertThat(column(features, "colour is blank")).containsExactly(0, 0, 1, 0, 0, 0);
    assertThat(column(features, "colour=red")).containsExactly(1, 0, 0, 1, 0, 0);
    assertThat(column(features, "colour=blue")).containsExactly(0, 1, 0, 0, 0, 1);
  }

  /** {@code SimpleImputer(strategy='most_frequent')} on the texts: the blank one is red. */
  @Test
  void blankCategoriesAreWhatMostRowsHave() {
    Features features = features(MissingRule.MEDIAN, false);
    assertThat(column(features, "colour=red")).containsExactly(1, 0, 1, 1, 0, 0);
  }

  /** {@code (pd.to_datetime(t.sold) - pd.Timestamp('1970-01-01')) / pd.Timedelta(days=1)}. */
  @Test
  void datesAreDaysOrParts() {
    assertThat(column(features(MissingRule.MEDIAN, false), "sold"))
        .containsExactly(19782, 19358, -1, 19358, 10957.25, 19782);
    Features parts = features(MissingRule.MEDIAN, true);
    assertThat(column(parts, "sold.year")).containsExactly(2024, 2023, 1969, 2023, 2000, 2024);
    assertThat(column(parts, "sold.month")).containsExactly(2, 1, 12, 1, 1, 2);
    assertThat(column(parts, "sold.day")).containsExactly(29, 1, 31, 1, 1, 29);
    assertThat(column(parts, "sold.weekday")).containsExactly(4, 7, 3, 7, 6, 4);
  }

  @Test
  void refusingStaysTheRuleAndNamesTheFirstBlank() {
    CsvTable table = table(TABLE);
    assertThatThrownBy(() -> columns(table, MissingRule.REFUSE, false))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("t, line 4, column 'colour': found a blank cell");
    CsvTable whole =
        table(TABLE.replace(";;1969", ";red;1969").replace("red;;", "red;2020-01-01;"));
    assertThatThrownBy(() -> columns(whole, MissingRule.REFUSE, false).read(whole))
        .hasMessageContaining("t, line 3, column 'size': found a blank cell");
  }

  /** {@code OneHotEncoder(handle_unknown='ignore')} gives zeros. */
  @Test
  void anUnseenCategoryIsRefusedOrZeros() {
    CsvTable table = table("a,y\nred,1\nblue,2\n");
    CsvTable later = table("a\npink\nred\n");
    FeatureColumns zeros =
        FeatureColumns.choose(table, "y", List.of(), options(MissingRule.REFUSE, true, false));
    assertThat(zeros.read(later).values().toRows()).isDeepEqualTo(new double[][] {{0, 0}, {0, 1}});
    FeatureColumns known =
        FeatureColumns.choose(table, "y", List.of(), options(MissingRule.REFUSE, false, false));
    assertThatThrownBy(() -> known.read(later)).hasMessageContaining("'pink'");
  }

  @Test
  void textsAreCategoriesUpToALimitAndSlipsStaySlips() {
    assertThatThrownBy(() ->
            FeatureColumns.choose(
                table("a,y\nb,1\nc,1\nd,1\ne,1\nf,1\ng,2\n"),
                "y",
                List.of(),
                options(MissingRule.REFUSE, false, false)))
        .hasMessageContainingAll("6 different texts", "at most 5 categories", "mostCategories");
    CsvTable slip = table("a,y\n1,1\n2,1\n3x,2\n");
    FeatureColumns columns =
        FeatureColumns.choose(slip, "y", List.of(), options(MissingRule.MEAN, true, true));
    assertThatThrownBy(
            () -> columns.learn(slip, List.of(0, 1), MissingRules.all(MissingRule.MEAN)).read(slip))
        .hasMessageContainingAll("line 4", "'3x'", "a number");
    CsvTable date = table("a,y\n2024-01-01,1\n2024-02-30,1\n2024-03-01,1\n");
    assertThat(ColumnTypes.find(date, "a").kind()).isEqualTo(ColumnTypes.Kind.TEXTS);
    assertThatThrownBy(() ->
            columns(table("size,price\n,1\nNA,2\n,3\nnull,4\n5,5\n"), MissingRule.MEAN, false))
        .hasMessageContaining("blank cells alone in the rows to train on");
  }

  /** A row by itself becomes what it becomes in a table. */
  @ParameterizedTest
  @CsvSource({"MEAN, true", "INDICATOR, false", "MOST_FREQUENT, false"})
  void aRowAloneBecomesTheSame(MissingRule rule, boolean parts) {
    CsvTable table = table(TABLE);
    FeatureColumns columns = columns(table, rule, parts);
    Features expected = columns.read(table);
    RowReader reader = RowReader.of(columns);
    double[] cells = new double[3];
    double[] features = new double[reader.features()];
    for (int i = 0; i < table.rows(); i++) {
      String size = table.format().decimal() == ',' ? sizes(i) : "";
      Map<String, Object> row = new HashMap<>();
      row.put("size", size.isEmpty() ? null : Double.valueOf(size));
      row.put("colour", TABLE.lines().toList().get(i + 1).split(";", -1)[1]);
      row.put("sold", TABLE.lines().toList().get(i + 1).split(";", -1)[2]);
      reader.read("the row", row, cells);
      reader.features(cells, features);
      assertThat(features).containsExactly(expected.values().toRows()[i]);
    }
  }

  private static String sizes(int row) {
    return TABLE.lines().toList().get(row + 1).split(";", -1)[0].replace(',', '.');
  }

  @Test
  void eachColumnHasARuleOfItsOwn() {
    CsvTable table = table("a,b,c,price\n1,,7,1\n,3,7,2\n4,5,7,3\n1,,7,4\n");
    MissingRules rules =
        MissingRules.of(Map.of("a", MissingRule.MOST_FREQUENT, "b", MissingRule.INDICATOR));
    ColumnOptions options = new ColumnOptions(List.of(), rules, false, false, 5);
    Features features =
        FeatureColumns.choose(table, "price", List.of(), options)
            .learn(table, List.of(0, 1, 2), rules)
            .read(table);
    assertThat(features.names()).containsExactly("a", "b", "b is blank", "c");
    assertThat(column(features, "a")).containsExactly(1, 1, 4, 1);
    assertThat(column(features, "b")).containsExactly(4, 3, 5, 4);
    assertThat(column(features, "b is blank")).containsExactly(1, 0, 0, 1);

    MissingRules fewer = MissingRules.of(Map.of("a", MissingRule.MEAN));
    ColumnOptions refusing = new ColumnOptions(List.of(), fewer, false, false, 5);
    assertThatThrownBy(() ->
            FeatureColumns.choose(table, "price", List.of(), refusing)
                .learn(table, List.of(0, 1), fewer)
                .read(table))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("line 2, column 'b': found a blank cell");
    MissingRules wrong = MissingRules.of(Map.of("d", MissingRule.MEAN));
    assertThatThrownBy(() ->
            FeatureColumns.choose(
                table, "price", List.of(), new ColumnOptions(List.of(), wrong, false, false, 5)))
        .hasMessageContaining("no column named 'd'");
  }

  @Test
  void aMissingCellIsNotSoughtAmongThoseThatAreThere() {
    CsvTable points = table("x1,x2,price\n1,2,3\n4,5,6\n");
    RowReader reader =
        RowReader.of(
            FeatureColumns.choose(
                    points, "price", List.of(), options(MissingRule.REFUSE, false, false))
                .learn(points, List.of(0, 1), MissingRules.all(MissingRule.REFUSE)));
    double[] into = new double[2];
    assertThatThrownBy(() -> reader.read("the row", Map.of("x1", 1), into))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("found no value for 'x2'")
        .hasMessageEndingWith("add it; what the model takes is listed with its columns.");
    assertThatThrownBy(() -> reader.read("the row", Map.of("x1", 1, "X2", 5), into))
        .hasMessageEndingWith("perhaps 'X2' was meant.");
    reader.read("the row", Map.of("x1", 1, "x2", 5, "price", 3), into);
    assertThat(into).containsExactly(1, 5);
  }

  @Test
  void theFormatIsSeenOrForced() throws Exception {
    assertThat(table(TABLE).format()).isEqualTo(new CsvFormat(';', ','));
    assertThat(table("a;b\n1.5;2\n").format()).isEqualTo(new CsvFormat(';', '.'));
    assertThat(table("a|b\n\"1,5\"|2\n").numbers("a")).containsExactly(1.5);
    assertThat(table("a,b\n\"1,5\",2\n").format()).isEqualTo(new CsvFormat(',', '.'));
    Path file = Files.writeString(folder.resolve("t.csv"), "a,b\n\"1,5\",2\n\"-2,5e1\",3\n");
    CsvTable forced = CsvTable.read(file, CsvLimits.DEFAULT, CsvFormat.FOUND.withDecimal(','));
    assertThat(forced.numbers("a")).containsExactly(1.5, -25.0);
    Path plain = Files.writeString(folder.resolve("p.csv"), "a,b\n1,2\n");
    CsvTable one = CsvTable.read(plain, CsvLimits.DEFAULT, CsvFormat.FOUND.separatedBy(';'));
    assertThat(one.columns()).containsExactly("a,b");
    CsvTable texts = table("a;b\n1,5;x, y\n2,5;1,2,3\n");
    assertThat(texts.categories("b")).containsExactly("x, y", "1,2,3");
    assertThat(texts.format().remarks())
        .containsExactly("cells are separated by semicolons", "decimals stand behind commas");
  }
}
