package io.deltagraph.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AgreementTest {
  private static final int ROWS = 3;
  private static final int COLUMNS = 4;

  /** The mean gradient of least squares, {@code Xᵀ(Xw − t)/n}, one column per target. */
  private static double[] gradient() {
    Random random = new Random(7);
    return random.doubles(ROWS * COLUMNS, -2, 2).toArray();
  }

  private static double[] changed(double[] values, UnaryOperator<double[]> change) {
    return change.apply(values.clone());
  }

  private static UnaryOperator<double[]> scaled(double by) {
    return values -> {
      for (int i = 0; i < values.length; i++) {
        values[i] *= by;
      }
      return values;
    };
  }

  private static UnaryOperator<double[]> entry(int index, UnaryOperator<Double> change) {
    return values -> {
      values[index] = change.apply(values[index]);
      return values;
    };
  }

  private static double[] transposed(double[] values) {
    double[] result = new double[values.length];
    for (int i = 0; i < ROWS; i++) {
      for (int j = 0; j < COLUMNS; j++) {
        result[i * COLUMNS + j] = values[j * ROWS + i];
      }
    }
    return result;
  }

  /** Each entry is the sum of two terms, of which only the second is kept. */
  private static double[] lastTermOnly(double[] sums) {
    Random random = new Random(8);
    return Arrays.stream(sums).map(sum -> sum - random.nextDouble(0.5, 1)).toArray();
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        Arguments.of("factor 2", scaled(2)),
        Arguments.of("1/n", scaled(1.0 / 64)),
        Arguments.of("sign", scaled(-1)),
        Arguments.of("transposed", (UnaryOperator<double[]>) AgreementTest::transposed),
        Arguments.of("zero", scaled(0)),
        Arguments.of("missing sum", (UnaryOperator<double[]>) AgreementTest::lastTermOnly),
        Arguments.of("one entry off by 1e-9", entry(5, x -> x * (1 + 1e-9))),
        Arguments.of("one entry missing", entry(0, x -> 0.0)),
        Arguments.of("not a number", entry(2, x -> Double.NaN)),
        Arguments.of("infinite", entry(2, x -> Double.POSITIVE_INFINITY)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("mistakes")
  void aSeededMistakeFails(String name, UnaryOperator<double[]> mistake) {
    double[] right = gradient();
    Agreement agreement = Agreement.of(changed(right, mistake), right, Bounds.CLOSED_FORM);
    assertThat(agreement.verdict()).as(name).isEqualTo(Verdict.FAIL);
    assertThat(agreement.worst()).isNotNegative();
  }

  @Test
  void whatDiffersByRoundingPasses() {
    double[] right = gradient();
    Agreement agreement =
        Agreement.of(changed(right, scaled(1 + 0x1p-50)), right, Bounds.CLOSED_FORM);
    assertThat(agreement.verdict()).isEqualTo(Verdict.PASS);
    assertThat(agreement.conclusive()).isEqualTo(right.length);
    assertThat(agreement.relative()).isCloseTo(0x1p-50, within(0x1p-52));
  }

  @Test
  void theWorstEntryIsNamed() {
    double[] right = gradient();
    Agreement agreement = Agreement.of(changed(right, entry(5, x -> x + 0.5)), right, 1e-12);
    assertThat(agreement.worst()).isEqualTo(5);
    assertThat(agreement.difference()).isCloseTo(0.5, within(1e-15));
  }

  @Test
  void gradientsNearZeroAreInconclusiveWhateverTheirRatio() {
    double[] right = changed(gradient(), scaled(1e-11));
    Agreement agreement = Agreement.of(changed(right, scaled(2)), right, Bounds.CLOSED_FORM);
    assertThat(agreement.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(agreement.tiny()).isEqualTo(right.length);
  }

  @Test
  void zerosOnBothSidesCertifyNothingAlone() {
    double[] zeros = new double[12];
    assertThat(Agreement.of(zeros, zeros, Bounds.CLOSED_FORM).verdict())
        .isEqualTo(Verdict.INCONCLUSIVE);
    double[] one = changed(zeros, entry(3, x -> 1.0));
    assertThat(Agreement.of(one, one, Bounds.CLOSED_FORM).verdict()).isEqualTo(Verdict.PASS);
  }

  @Test
  void nineTenthsOfTheEntriesMustBeConclusive() {
    double[] right = new double[20];
    Arrays.fill(right, 1);
    assertThat(masking(right, 2).verdict()).isEqualTo(Verdict.PASS);
    assertThat(masking(right, 3).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(masking(right, 3).masked()).isEqualTo(3);
  }

  private static Agreement masking(double[] right, int first) {
    return Agreement.of(right, right, right, new double[right.length], i -> i < first, 1e-12);
  }

  @Test
  void aMaskHidesADifference() {
    double[] right = gradient();
    double[] wrong = changed(right, entry(0, x -> x + 1));
    Agreement agreement =
        Agreement.of(wrong, right, right, new double[right.length], i -> i == 0, 1e-12);
    assertThat(agreement.verdict()).isEqualTo(Verdict.PASS);
  }

  /** Near a minimum ŷ − t cancels: correct gradients differ by the rounding of ŷ and t. */
  @Test
  void differencesAreMeasuredAgainstTheTermsThatCancel() {
    double[] left = {3e-7, -2e-7};
    double[] right = {3e-7 + 2e-16, -2e-7};
    double[] terms = {1.2, 0.8};
    assertThat(Agreement.of(left, right, Bounds.CLOSED_FORM).verdict()).isEqualTo(Verdict.FAIL);
    Agreement measured =
        Agreement.of(left, right, terms, new double[2], i -> false, Bounds.CLOSED_FORM);
    assertThat(measured.verdict()).isEqualTo(Verdict.PASS);
    double[] doubled = {6e-7, -4e-7};
    assertThat(
            Agreement.of(doubled, right, terms, new double[2], i -> false, Bounds.CLOSED_FORM)
                .verdict())
        .isEqualTo(Verdict.FAIL);
  }

  @Test
  void anAbsoluteToleranceAloneNeverCertifies() {
    double[] left = {1.05e-8};
    double[] right = {1e-8};
    double[] floors = {1e-9};
    Agreement agreement =
        Agreement.of(left, right, right, floors, i -> false, Bounds.FINITE_DIFFERENCES);
    assertThat(agreement.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(agreement.conclusive()).isEqualTo(1);
  }

  @Test
  void verdictsCombine() {
    assertThat(Verdict.PASS.and(Verdict.PASS)).isEqualTo(Verdict.PASS);
    assertThat(Verdict.PASS.and(Verdict.INCONCLUSIVE)).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(Verdict.INCONCLUSIVE.and(Verdict.FAIL)).isEqualTo(Verdict.FAIL);
  }

  /** The same arrays in units from 1e-300 to 1e300: a relative difference has no unit. */
  @ParameterizedTest
  @ValueSource(doubles = {1e160, 1e300, -1e200})
  void largeNumbersAreComparedAsSmallOnesAre(double unit) {
    double[] right = {3 * unit, 4 * unit};
    double[] wrong = {3 * unit, 4.1 * unit};
    assertThat(Agreement.of(right, right, Bounds.CLOSED_FORM).verdict()).isEqualTo(Verdict.PASS);
    Agreement far = Agreement.of(wrong, right, Bounds.CLOSED_FORM);
    assertThat(far.verdict()).isEqualTo(Verdict.FAIL);
    // 0.1 over the length of (3, 4.1).
    assertThat(far.relative()).isCloseTo(0.1 / Math.sqrt(9 + 16.81), within(1e-14));
  }
}
