package io.deltagraph.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.common.primitives.Doubles;
import com.google.common.primitives.Ints;
import io.deltagraph.tensor.Tensor;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GradientReportTest {
  private static final Tensor WEIGHTS =
      Tensor.matrix(new double[] {0.5, -0.25, 1}, new double[] {2, 0.125, -1});

  private static Estimate estimate(Tensor slopes) {
    int[] positions = IntStream.range(0, slopes.length()).toArray();
    return new Estimate(
        "W1",
        Estimate.Extent.ALL,
        Ints.asList(positions),
        List.of(),
        Doubles.asList(slopes.toDoubles()),
        Doubles.asList(new double[positions.length]),
        List.of(),
        positions.length,
        List.of());
  }

  private static Tensor shifted(int entry, double by) {
    return Tensor.generate(WEIGHTS.type(), i -> WEIGHTS.get(i) + (i == entry ? by : 0));
  }

  private static GradientRow row() {
    return GradientRow.of("W1", GradientRow.Kind.PARAMETER, WEIGHTS);
  }

  @Test
  void threeRoadsThatAgreePass() {
    GradientRow row =
        row().withClosedForm(shifted(4, 1e-16)).withDifferences(estimate(shifted(2, 2e-9)));
    GradientReport report = GradientReport.of(List.of(row));
    assertThat(report.verdict()).isEqualTo(Verdict.PASS);
    assertThat(report.worstClosedForm().orElseThrow()).isLessThan(1e-15);
    assertThat(report.worstFiniteDifferences().orElseThrow()).isCloseTo(8e-10, within(1e-10));
    assertThat(report.moved()).isEqualTo(6);
    assertThat(report.conclusive()).isEqualTo(6);
    assertThat(row.worst().orElseThrow().place()).isEqualTo("[0, 2]");
  }

  @Test
  void oneFailingRoadFailsTheReport() {
    GradientRow right = row().withClosedForm(WEIGHTS);
    GradientRow wrong = row().withClosedForm(shifted(3, 1e-9)).withDifferences(estimate(WEIGHTS));
    GradientReport report = GradientReport.of(List.of(right, wrong));
    assertThat(right.verdict()).isEqualTo(Verdict.PASS);
    assertThat(wrong.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(report.verdict()).isEqualTo(Verdict.FAIL);
    GradientRow.Worst worst = wrong.worst().orElseThrow();
    assertThat(worst.place()).isEqualTo("[1, 0]");
    assertThat(worst.autodiff()).isEqualTo(2);
    assertThat(worst.closedForm().orElseThrow()).isEqualTo(2 + 1e-9);
    assertThat(worst.difference().orElseThrow()).isEqualTo(2);
  }

  @Test
  void nothingToCompareWithIsInconclusive() {
    assertThat(GradientReport.of(List.of(row())).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(GradientReport.of(List.of()).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
  }

  @Test
  void theTableShowsTheThreeVersionsOfTheWorstEntry() {
    GradientRow row = row().withClosedForm(WEIGHTS).withDifferences(estimate(shifted(3, 1e-3)));
    GradientRow bare =
        GradientRow.of("delta1", GradientRow.Kind.DELTA, WEIGHTS).withClosedForm(WEIGHTS);
    assertThat(GradientReport.of(List.of(row, bare)).toText())
        .isEqualTo(
            """
            gradient of  shape   worst entry          autodiff       closed form  central difference  vs closed form  vs differences  moved  verdict
            -----------  ------  -----------  ----------------  ----------------  ------------------  --------------  --------------  -----  -------
            W1           [2, 3]  [1, 0]        2.000000000e+00   2.000000000e+00     2.001000000e+00      0.0e+00 ok      4.0e-04 !!    6/6  FAIL
            delta1       [2, 3]  [0, 0]        5.000000000e-01   5.000000000e-01                   -      0.0e+00 ok               -      -  PASS

            verdict                    FAIL
            worst against closed form  0.0e+00
            worst against differences  4.0e-04
            entries moved              6: 6 conclusive, 0 too small, 0 at kinks

            W1: All entries of your gradient are right but the one at [1, 0], which is 2 in place of 2.001. (residual 0e+00)
            """);
  }

  @Test
  void aFailedRowIsExplained() {
    Tensor twice = Tensor.generate(WEIGHTS.type(), i -> 2 * WEIGHTS.get(i));
    GradientRow closed = row().withClosedForm(twice).withDifferences(estimate(twice));
    assertThat(closed.diagnosis().orElseThrow().sentence()).contains("times 1/2");
    GradientRow moved = row().withDifferences(estimate(twice));
    assertThat(moved.diagnosis().orElseThrow().sentence()).contains("times 1/2");
    GradientRow counted = moved.withClues(Clues.NONE.samples(2));
    assertThat(counted.diagnosis().orElseThrow().sentence())
        .contains("one over the number of samples");
    assertThat(GradientReport.of(List.of(closed)).toText())
        .contains("\nW1: It is the right one times 1/2");
    assertThat(row().withClosedForm(WEIGHTS).diagnosis()).isEmpty();
    assertThat(row().diagnosis()).isEmpty();
  }

  @Test
  void theClosedFormIsBlamedWhereTheOthersAgree() {
    Tensor twice = Tensor.generate(WEIGHTS.type(), i -> 2 * WEIGHTS.get(i));
    GradientRow row = row().withClosedForm(twice).withDifferences(estimate(WEIGHTS));
    assertThat(row.blame()).contains(GradientRow.Blame.CLOSED_FORM);
    assertThat(row.diagnosis().orElseThrow().sentence()).contains("times 2");
    assertThat(row().withClosedForm(twice).withDifferences(estimate(twice)).blame())
        .contains(GradientRow.Blame.AUTODIFF);
    assertThat(row().withClosedForm(WEIGHTS).blame()).isEmpty();
  }

  @Test
  void withoutDifferencesBothAreUnderSuspicion() {
    Tensor fifth = Tensor.generate(WEIGHTS.type(), i -> WEIGHTS.get(i) / 5);
    GradientRow row = row().withClosedForm(fifth).withClues(Clues.NONE.samples(5));
    assertThat(row.blame()).contains(GradientRow.Blame.EITHER);
    assertThat(row.diagnosis().orElseThrow().sentence())
        .startsWith("It is the right one times 1/5, one over the number of samples");
    assertThat(GradientReport.of(List.of(row)).toText())
        .contains(
            "\nW1, of which no differences tell whether autodiff or the closed form is wrong: If it"
                + " is the closed form: It is the right one times 1/5, one over the"
                + " number of samples",
            " If it is autodiff: It is the right one times 5, the number of samples");
    Tensor slope = Tensor.generate(WEIGHTS.type(), i -> 0.1 + 0.07 * i);
    Tensor without = Tensor.generate(WEIGHTS.type(), i -> WEIGHTS.get(i) / slope.get(i));
    Clues factor = Clues.NONE.factor("σ'(Z1)", slope);
    assertThat(row().withClosedForm(without).withClues(factor).diagnosis().orElseThrow().sentence())
        .startsWith("It lacks a factor: times σ'(Z1), entry by entry, it is right.");
  }

  @Test
  void whereAllThreeDifferAutodiffIsExplainedByTheDifferences() {
    Tensor other = shifted(1, 4);
    Tensor twice = Tensor.generate(WEIGHTS.type(), i -> 2 * WEIGHTS.get(i));
    GradientRow row = row().withClosedForm(other).withDifferences(estimate(twice));
    assertThat(row.diagnosis().orElseThrow().sentence()).contains("times 1/2");
  }

  @Test
  void aTransposedClosedFormFailsAndIsNamed() {
    Tensor turned =
        Tensor.matrix(new double[] {0.5, 2}, new double[] {-0.25, 0.125}, new double[] {1, -1});
    for (GradientRow row :
        List.of(
            row().withClosedForm(turned),
            row().withDifferences(estimate(WEIGHTS)).withClosedForm(turned))) {
      assertThat(row.verdict()).isEqualTo(Verdict.FAIL);
      assertThat(GradientReport.of(List.of(row)).toText())
          .contains(
              "other shape !!",
              "\nW1, of which the closed form has another shape: It is the right one with"
                  + " rows and columns exchanged");
    }
    Tensor flat = Tensor.vector(WEIGHTS.toDoubles());
    assertThat(row().withClosedForm(flat).diagnosis().orElseThrow().sentence())
        .contains("in the shape [6]; it has to be [2, 3]");
    assertThat(GradientReport.of(List.of(row().withClosedForm(turned))).worstClosedForm())
        .isEmpty();
  }

  @Test
  void whatFollowsFromAnotherMistakeIsGivenNoOtherCause() {
    Tensor twice = Tensor.generate(WEIGHTS.type(), i -> 2 * WEIGHTS.get(i));
    Clues clues = Clues.NONE.suspect(new Symptom.FollowsFrom("delta2"), WEIGHTS);
    assertThat(Diagnosis.of(WEIGHTS, twice, Bounds.CLOSED_FORM, clues).sentence())
        .isEqualTo(
            "Your gradient follows from delta2, which is wrong: look there first."
                + " (residual 0e+00)");
    assertThat(Diagnosis.of(twice, WEIGHTS, Bounds.CLOSED_FORM, clues).sentence())
        .startsWith("It is the right one times 2");
  }
}
