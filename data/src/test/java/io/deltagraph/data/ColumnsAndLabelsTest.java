package io.deltagraph.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnsAndLabelsTest {
  private static final CsvTable PEOPLE =
      table("age,city,height,who\n30,Oslo,1.8,b\n40,Rome,1.7,a\n50,Oslo,1.6,b\n");

  private static CsvTable table(String text) {
    return CsvTable.parse("t.csv", text.getBytes(UTF_8), CsvLimits.DEFAULT);
  }

  private static String error(ThrowingCallable call) {
    return catchThrowableOfType(InputException.class, call).getMessage();
  }

  @Test
  void allColumnsButTheTargetUnlessChosen() {
    Features all = FeatureColumns.choose(PEOPLE, "who", List.of(), List.of("city")).read(PEOPLE);
    assertThat(all.names()).containsExactly("age", "city=Oslo", "city=Rome", "height");
    assertThat(all.values().toDoubles())
        .containsExactly(30, 1, 0, 1.8, 40, 0, 1, 1.7, 50, 1, 0, 1.6);
    Features chosen =
        FeatureColumns.choose(PEOPLE, "who", List.of("height", "age"), List.of()).read(PEOPLE);
    assertThat(chosen.names()).containsExactly("height", "age");
    assertThat(chosen.at(2, 0)).isEqualTo(1.6);
    assertThat(chosen.at(2, 1)).isEqualTo(50);
  }

  @Test
  void aLaterTableMayHaveOtherOrderAndNoTarget() {
    FeatureColumns columns = FeatureColumns.choose(PEOPLE, "who", List.of(), List.of("city"));
    Features later = columns.read(table("height,extra,city,age\n2,x,Rome,10\n"));
    assertThat(later.values().toDoubles()).containsExactly(10, 0, 1, 2);
    assertThat(error(() -> columns.read(table("height,city\n2,Rome\n"))))
        .isEqualTo(
            "t.csv: found no column named 'age', expected one of 'height', 'city'; correct the name.");
    assertThat(error(() -> columns.read(table("height,city,age\n2,Roma,10\n"))))
        .isEqualTo(
            "t.csv, line 2, column 'city': found 'Roma', expected one of 'Oslo', 'Rome'; perhaps 'Rome'"
                + " was meant.");
  }

  @Test
  void badChoices() {
    assertThat(error(() -> FeatureColumns.choose(PEOPLE, "whom", List.of(), List.of())))
        .isEqualTo(
            "t.csv: found no column named 'whom', expected one of 'age', 'city', 'height', 'who';"
                + " perhaps 'who' was meant.");
    assertThat(error(() -> FeatureColumns.choose(PEOPLE, "who", List.of("age", "who"), List.of())))
        .isEqualTo(
            "t.csv: found the target 'who' among the columns to learn from, expected other columns"
                + " only; take it out of the columns.");
    assertThat(error(() -> FeatureColumns.choose(PEOPLE, "who", List.of("agee"), List.of())))
        .contains("perhaps 'age' was meant");
    assertThat(error(() -> FeatureColumns.choose(PEOPLE, "who", List.of(), List.of("town"))))
        .contains("found no column named 'town'");
    assertThat(error(() -> FeatureColumns.choose(table("y\nx\n"), "y", List.of(), List.of())))
        .isEqualTo(
            "t.csv: found no column beside the target 'y', expected at least one to learn from; add a"
                + " column.");
  }

  @Test
  void classesAreInOrderWhateverTheRows() {
    Targets.Classes letters = Labels.learn(PEOPLE, "who", List.of());
    assertThat(letters.names()).containsExactly("a", "b");
    assertThat(letters.labels()).isEqualTo(List.of(1, 0, 1));
    assertThat(letters.counts()).isEqualTo(List.of(1, 2));
    Targets.Classes numbers = Labels.learn(table("x,y\n0,10\n0,9\n0,-1\n"), "y", List.of());
    assertThat(numbers.names()).containsExactly("-1", "9", "10");
    assertThat(numbers.labels()).isEqualTo(List.of(2, 1, 0));
    Targets.Classes named = Labels.learn(PEOPLE, "who", List.of("ann", "bob"));
    assertThat(named.names()).containsExactly("ann", "bob");
    assertThat(named.labels()).isEqualTo(letters.labels());
  }

  @Test
  void badTargets() {
    assertThat(error(() -> Labels.learn(table("x,y\n1,a\n2,a\n"), "y", List.of())))
        .isEqualTo(
            "t.csv, column 'y': found only one class, 'a', expected at least two; add rows of another"
                + " class or choose another target.");
    assertThat(error(() -> Labels.learn(PEOPLE, "who", List.of("ann"))))
        .isEqualTo(
            "t.csv, column 'who': found 1 class name, expected one for each of the 2 values 'a', 'b';"
                + " name the classes in the order of these values.");
    String many =
        IntStream.range(0, 30).mapToObj(i -> "0," + i % 16).collect(Collectors.joining("\n"));
    assertThat(error(() -> Labels.learn(table("x,y\n" + many + "\n"), "y", List.of())))
        .isEqualTo(
            "t.csv, column 'y': found 16 different values in 30 rows, expected a few classes; set the"
                + " task to regression or choose another target.");
  }

  @Test
  void knownClassesAreReadByTheirValues() {
    CsvTable later = table("who\nb\n");
    assertThat(Labels.read(later, "who", List.of("a", "b"), List.of("ann", "bob")).labels())
        .isEqualTo(List.of(1));
    assertThat(
            error(
                () -> Labels.read(table("who\nc\n"), "who", List.of("a", "b"), List.of("a", "b"))))
        .startsWith("t.csv, line 2, column 'who': found 'c', expected one of 'a', 'b'; ");
  }

  @Test
  void oneHotRowsInBothParametrisations() {
    Targets.Classes three = Labels.learn(table("x,y\n0,p\n0,r\n0,q\n"), "y", List.of());
    assertThat(three.oneHot().toRows())
        .isDeepEqualTo(new double[][] {{1, 0, 0}, {0, 0, 1}, {0, 1, 0}});
    assertThat(three.indices().toDoubles()).containsExactly(0, 2, 1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "1 | 1.0",
        "0 | -0",
        "100 | 1e2",
        "setosa | setosa\"",
        "setosa | \"\"\"setosa\"",
        "a | 'a'"
      })
  void oneClassWrittenInTwoWaysIsNamed(String first, String second) {
    CsvTable table =
        CsvTable.parse(
            "t.csv",
            "x,y\n1,%s\n2,%s\n3,other\n".formatted(first, second).getBytes(UTF_8),
            CsvLimits.DEFAULT);
    assertThatThrownBy(() -> Labels.learn(table, "y", List.of()))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("t.csv, line 3, column 'y': found '")
        .hasMessageEndingWith(
            ", which an earlier row writes '%s', expected one way of writing each class or category;"
                    .formatted(first)
                + " write both alike.");
    assertThatThrownBy(() -> FeatureColumns.choose(table, "x", List.of(), List.of("y")))
        .hasMessageContaining("line 3, column 'y'");
    assertThatThrownBy(() -> Labels.read(table, "y", List.of("other", first), List.of("a", "b")))
        .hasMessageEndingWith("write it as '" + first + "'.");
  }

  @Test
  void classesThatDifferStay() {
    CsvTable table =
        CsvTable.parse(
            "t.csv",
            "x,y\n1,v1\n2,v1.0\n3,O'Brien\n4,OBrien\n5,a\n6,A\n".getBytes(UTF_8),
            CsvLimits.DEFAULT);
    assertThat(Labels.learn(table, "y", List.of()).names()).hasSize(6);
  }
}
