package io.deltagraph.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Doubles;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FeaturesTest {
  private static Features column(double... values) {
    return Features.of(ImmutableList.of("x"), values.length, values);
  }

  private static Features pairs(double... values) {
    return Features.of(ImmutableList.of("a", "b"), values.length / 2, values);
  }

  @Test
  void meanAndDeviationByHand() {
    // Mean 5, deviation of the population 2 (the textbook's 2, 4, 4, 4, 5, 5, 7, 9).
    Scaling scaling = new Standardisation.MeanDeviation().fit(column(2, 4, 4, 4, 5, 5, 7, 9));
    assertThat(scaling.shifts().get(0)).isCloseTo(5, within(1e-15));
    assertThat(scaling.divisors().get(0)).isCloseTo(2, within(1e-15));
    assertThat(scaling.apply(column(9, 3)).at(0, 0)).isCloseTo(2, within(1e-15));
    assertThat(scaling.apply(column(9, 3)).at(1, 0)).isCloseTo(-1, within(1e-15));
  }

  @Test
  void aLargeMeanDoesNotSwallowTheDeviation() {
    Scaling scaling =
        new Standardisation.MeanDeviation().fit(column(1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16));
    assertThat(scaling.shifts().get(0)).isEqualTo(1e9 + 10);
    assertThat(scaling.divisors().get(0)).isCloseTo(Math.sqrt(22.5), within(1e-12));
  }

  @Test
  void theMeanIsRightToTheLastPlace() {
    // Summing x / n alone leaves 1e9 + 7.99999988.
    Scaling scaling =
        new Standardisation.MeanDeviation()
            .fit(column(1e9 + 5, 1e9 + 6, 1e9 + 7, 1e9 + 8, 1e9 + 9, 1e9 + 10, 1e9 + 11));
    assertThat(scaling.shifts().get(0)).isEqualTo(1e9 + 8);
  }

  @Test
  void theLargestNumbersDoNotOverflow() {
    Scaling scaling =
        new Standardisation.MeanDeviation().fit(column(-1.5e308, -1.5e308, 1.5e308, 1.5e308));
    assertThat(scaling.divisors().get(0)).isCloseTo(1.5e308, within(1e294));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 3, 0.1, 0.3, -1e300, 1e-310})
  void constantColumnsBecomeZero(double value) {
    for (Standardisation rule :
        new Standardisation[] {new Standardisation.MeanDeviation(), new Standardisation.MinMax()}) {
      for (int rows = 1; rows < 30; rows++) {
        double[] equal = new double[rows];
        Arrays.fill(equal, value);
        Scaling scaling = rule.fit(column(equal));
        assertThat(scaling.divisors().get(0)).as("%s, %s rows", rule, rows).isEqualTo(1);
        assertThat(scaling.apply(column(equal)).at(0, 0))
            .as("%s, %s rows", rule, rows)
            .isEqualTo(0.0);
      }
    }
  }

  @Test
  void minAndMax() {
    Scaling scaling = new Standardisation.MinMax().fit(pairs(1, 5, 3, 5, 2, 5));
    assertThat(scaling.apply(pairs(1, 5, 3, 6, 5, 4)).values().toDoubles())
        .containsExactly(0, 0, 1, 1, 2, -1);
  }

  @Test
  void fixedDivisorsAndNone() {
    assertThat(
            new Standardisation.Divide(16)
                .fit(column(3))
                .apply(column(0, 8, 16))
                .values()
                .toDoubles())
        .containsExactly(0, 0.5, 1);
    assertThat(
            new Standardisation.None().fit(column(3)).apply(column(0, 8, 16)).values().toDoubles())
        .containsExactly(0, 8, 16);
    assertThatThrownBy(() -> new Standardisation.Divide(0))
        .hasMessage("cannot divide features by 0.0");
  }

  @Test
  void heldOutRowsDoNotTouchTheScaling() {
    Features all = column(1, 2, 3, 1000);
    Scaling scaling = new Standardisation.MeanDeviation().fit(all.select(List.of(0, 1, 2)));
    assertThat(scaling.shifts().get(0)).isEqualTo(2);
    assertThat(scaling.apply(all).at(3, 0)).isCloseTo(998 / Math.sqrt(2.0 / 3), within(1e-9));
  }

  @Test
  void otherColumnsAreRefused() {
    Scaling scaling = new Standardisation.MinMax().fit(pairs(1, 2));
    assertThatThrownBy(() -> scaling.apply(column(1)))
        .hasMessage("columns [x], not [a, b] as learnt");
    for (Standardisation rule :
        new Standardisation[] {new Standardisation.MeanDeviation(), new Standardisation.MinMax()}) {
      assertThatThrownBy(() -> rule.fit(pairs()))
          .hasMessage("there are no rows to learn a scaling from");
    }
  }

  @Test
  void allProductsOfTwoFeaturesUpToDegreeThree() {
    Features out = new PolynomialFeatures(3).apply(pairs(2, 3, -1, 5));
    assertThat(out.names())
        .containsExactly("a", "b", "a^2", "a*b", "b^2", "a^3", "a^2*b", "a*b^2", "b^3");
    assertThat(out.values().toDoubles())
        .containsExactly(2, 3, 4, 6, 9, 8, 12, 18, 27, -1, 5, 1, -5, 25, -1, 5, -25, 125);
  }

  @Test
  void degreeOneChangesNothing() {
    Features same = new PolynomialFeatures(1).apply(pairs(2, 3));
    assertThat(same.names()).isEqualTo(pairs(2, 3).names());
    assertThat(same.values().toDoubles()).containsExactly(2, 3);
  }

  @ParameterizedTest
  @CsvSource({"1, 5, 5", "2, 3, 9", "3, 2, 9", "4, 3, 34", "2, 64, 2144", "7, 1, 7"})
  void theCountIsTheBinomial(int degree, int columns, long expected) {
    assertThat(new PolynomialFeatures(degree).count(columns)).isEqualTo(expected);
    assertThat(new PolynomialFeatures(degree).apply(wide(columns)).columns())
        .isEqualTo((int) expected);
  }

  @Test
  void tooManyProductsAreRefusedBeforeTheyAreMade() {
    assertThatThrownBy(() -> new PolynomialFeatures(60).apply(wide(64)))
        .hasMessage("degree 60 of 64 columns makes more than 10000 features");
    assertThatThrownBy(() -> new PolynomialFeatures(0)).hasMessageContaining("at least 1");
  }

  private static Features wide(int columns) {
    return Features.of(
        IntStream.range(0, columns).mapToObj(i -> "x" + i).collect(ImmutableList.toImmutableList()),
        1,
        new double[columns]);
  }

  @Test
  void rowsAreSelectedInTheOrderAskedFor() {
    DataSet data =
        new DataSet(
            "made",
            pairs(1, 2, 3, 4, 5, 6),
            new Targets.Classes(List.of(0, 1, 0), ImmutableList.of("p", "q")));
    DataSet chosen = data.select(List.of(2, 1));
    assertThat(chosen.features().values().toDoubles()).containsExactly(5, 6, 3, 4);
    assertThat(((Targets.Classes) chosen.target()).labels()).isEqualTo(List.of(0, 1));
    assertThat(data.withFeatures(column(7, 8, 9)).features().at(2, 0)).isEqualTo(9);
  }

  @Test
  void sizesThatDoNotFitAreRefused() {
    assertThatThrownBy(() -> pairs(1, 2).at(0, 2)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> Features.of(ImmutableList.of("a"), 2, new double[3]))
        .hasMessage("3 numbers cannot be 2 rows of 1 columns");
    assertThatThrownBy(() -> new DataSet("d", column(1, 2), new Targets.Numbers(Doubles.asList(1))))
        .hasMessage("2 rows of features but 1 of targets");
    assertThatThrownBy(() -> new Targets.Classes(List.of(2), ImmutableList.of("p", "q")))
        .hasMessage("label 2 of 2 classes");
  }
}
