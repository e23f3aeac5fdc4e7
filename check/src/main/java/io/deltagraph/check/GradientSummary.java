package io.deltagraph.check;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Ints;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a {@link GradientReport} says in numbers and words alone, without its tensors: all that a
 * table, a page or a file shows of it.
 *
 * @param verdict on all rows together
 * @param worstClosedForm the largest relative difference from a closed form, if there is one
 * @param worstDifferences the largest relative difference from central differences, if there are
 *     any
 * @param moved the number of entries that were moved by finite differences
 * @param conclusive how many of them could be compared
 * @param tiny how many of them were too small on both sides
 * @param masked how many of them had a step that crosses a kink
 * @param rows one for each tensor
 */
public record GradientSummary(
    Verdict verdict,
    OptionalDouble worstClosedForm,
    OptionalDouble worstDifferences,
    int moved,
    int conclusive,
    int tiny,
    int masked,
    List<Row> rows) {
  public GradientSummary {
    rows = ImmutableList.copyOf(rows);
  }

  /**
   * One tensor.
   *
   * @param name the parameter, input or intermediate value
   * @param kind which of them
   * @param shape its sizes
   * @param verdict of all roads together
   * @param worst the entry to look at first
   * @param closedForm how autodiff agrees with the closed form
   * @param differences how autodiff agrees with the central differences
   * @param extent which entries the differences moved
   * @param cause the likely cause, where the row fails and one fits
   */
  public record Row(
      String name,
      GradientRow.Kind kind,
      List<Integer> shape,
      Verdict verdict,
      Optional<GradientRow.Worst> worst,
      Optional<Agreement> closedForm,
      Optional<Agreement> differences,
      Optional<Estimate.Extent> extent,
      Optional<LikelyCause> cause) {
    public Row {
      shape = ImmutableList.copyOf(shape);
    }

    /** The number of entries of the tensor. */
    public int entries() {
      return shape.stream().reduce(1, Math::multiplyExact);
    }
  }

  /**
   * What probably went wrong.
   *
   * @param blame which road is wrong
   * @param code the likeliest cause's, as in a marked derivation
   * @param sentence the likeliest cause, and others that fit
   */
  public record LikelyCause(GradientRow.Blame blame, String code, String sentence) {}

  static GradientSummary of(GradientReport report) {
    return new GradientSummary(
        report.verdict(),
        report.worstClosedForm(),
        report.worstFiniteDifferences(),
        report.moved(),
        report.conclusive(),
        report.tiny(),
        report.masked(),
        report.rows().stream().map(GradientSummary::row).toList());
  }

  private static Row row(GradientRow row) {
    return new Row(
        row.name(),
        row.kind(),
        Ints.asList(row.autodiff().type().shape().sizes()),
        row.verdict(),
        row.worst(),
        row.closedFormAgreement(),
        row.differencesAgreement(),
        row.differences().map(Estimate::extent),
        row.diagnosis().map(found -> cause(row, found)));
  }

  private static LikelyCause cause(GradientRow row, Diagnosis found) {
    GradientRow.Blame blame = row.blame().orElseThrow();
    String sentence =
        switch (blame) {
          case AUTODIFF, CLOSED_FORM -> found.sentence();
          case EITHER ->
              "If it is the closed form: "
                  + found.sentence()
                  + row.ofAutodiff()
                      .map(other -> " If it is autodiff: " + other.sentence())
                      .orElse("");
        };
    String code = found.findings().getFirst().cause().code();
    return new LikelyCause(blame, code, sentence);
  }

  /**
   * The rows as a table: the entry with the largest difference in its three versions, the relative
   * differences of the whole tensor, and the verdict; then the totals.
   */
  public String toText() {
    return ReportTable.of(this);
  }
}
