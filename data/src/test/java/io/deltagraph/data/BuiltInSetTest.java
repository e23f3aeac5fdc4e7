package io.deltagraph.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.common.primitives.Doubles;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Counts and means are the published ones of each set. */
class BuiltInSetTest {
  private static Features features(BuiltInSet set) {
    return FeatureColumns.choose(set.table(), set.target(), List.of(), List.of()).read(set.table());
  }

  @ParameterizedTest
  @CsvSource({
    "digits, 1797, 64",
    "breast-cancer, 569, 30",
    "iris, 150, 4",
    "wine, 178, 13",
    "diabetes, 442, 10",
    "house-prices, 5, 2",
    "xor, 4, 2",
    "and, 4, 2",
    "or, 4, 2"
  })
  void sizes(String id, int rows, int columns) {
    Features features = features(BuiltInSet.of(id).orElseThrow());
    assertThat(features.rows()).isEqualTo(rows);
    assertThat(features.columns()).isEqualTo(columns);
  }

  @ParameterizedTest
  @CsvSource({
    "digits, 178 182 177 183 181 182 181 179 174 180",
    "breast-cancer, 212 357",
    "iris, 50 50 50",
    "wine, 59 71 48",
    "xor, 2 2",
    "and, 3 1",
    "or, 1 3"
  })
  void classes(String id, String counts) {
    BuiltInSet set = BuiltInSet.of(id).orElseThrow();
    Targets.Classes classes = Labels.learn(set.table(), set.target(), set.classNames());
    assertThat(classes.counts())
        .isEqualTo(Arrays.stream(counts.split(" ")).map(Integer::valueOf).toList());
  }

  @ParameterizedTest
  @CsvSource({
    "iris, sepal_length_cm, 5.843333",
    "iris, petal_length_cm, 3.758",
    "wine, alcohol, 13.000618",
    "breast-cancer, mean_radius, 14.127292",
    "diabetes, progression, 152.133484",
    "diabetes, bmi, 26.375792",
    "house-prices, area, 2104"
  })
  void means(String id, String column, double mean) {
    List<Double> values = BuiltInSet.of(id).orElseThrow().table().numbers(column);
    assertThat(values.stream().mapToDouble(Double::doubleValue).average().orElseThrow())
        .isCloseTo(mean, within(1e-6));
  }

  @Test
  void digitsAreFromZeroToSixteen() {
    Features digits = features(BuiltInSet.DIGITS);
    assertThat(Arrays.stream(digits.values().toDoubles()).min()).hasValue(0);
    assertThat(Arrays.stream(digits.values().toDoubles()).max()).hasValue(16);
    assertThat(Arrays.stream(digits.values().toDoubles()).average().orElseThrow())
        .isCloseTo(4.884165, within(1e-6));
  }

  @Test
  void truthTables() {
    assertThat(BuiltInSet.XOR.table().numbers("out")).isEqualTo(Doubles.asList(0, 1, 1, 0));
    assertThat(BuiltInSet.AND.table().numbers("out")).isEqualTo(Doubles.asList(0, 0, 0, 1));
    assertThat(BuiltInSet.OR.table().numbers("out")).isEqualTo(Doubles.asList(0, 1, 1, 1));
    assertThat(features(BuiltInSet.XOR).values().toDoubles())
        .containsExactly(0, 0, 0, 1, 1, 0, 1, 1);
  }

  @Test
  void housesAreThoseOfTheLecture() {
    assertThat(BuiltInSet.HOUSE_PRICES.table().numbers("price"))
        .isEqualTo(Doubles.asList(400, 330, 369, 232, 540));
    assertThat(features(BuiltInSet.HOUSE_PRICES).values().toDoubles())
        .containsExactly(2104, 3, 1600, 2, 2400, 3, 1416, 2, 3000, 4);
  }

  @Test
  void speciesHaveTheirNames() {
    Targets.Classes iris =
        Labels.learn(BuiltInSet.IRIS.table(), "class", BuiltInSet.IRIS.classNames());
    assertThat(iris.names()).containsExactly("setosa", "versicolor", "virginica");
    assertThat(iris.labels().get(0)).isZero();
    assertThat(iris.labels().get(149)).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource(BuiltInSet.class)
  void everySetIsAttributed(BuiltInSet set) {
    assertThat(BuiltInSet.attribution()).contains("`" + set.id() + ".csv`");
  }

  @Test
  void namesFindSets() {
    assertThat(BuiltInSet.ids()).hasSize(9).doesNotHaveDuplicates();
    assertThat(BuiltInSet.of("mnist")).isEmpty();
  }
}
