package io.deltagraph.check;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * Gradients by autodiff beside closed forms and central differences, one row per tensor.
 *
 * @param rows the tensors
 */
public record GradientReport(List<GradientRow> rows) {
  public GradientReport {
    rows = ImmutableList.copyOf(rows);
  }

  /** A report of those rows. */
  public static GradientReport of(List<GradientRow> rows) {
    return new GradientReport(ImmutableList.copyOf(rows));
  }

  /** The verdict on all rows together; inconclusive if there is none. */
  public Verdict verdict() {
    return rows.stream()
        .map(GradientRow::verdict)
        .reduce(Verdict::and)
        .orElse(Verdict.INCONCLUSIVE);
  }

  /** The largest relative difference from a closed form; empty if there is none. */
  public OptionalDouble worstClosedForm() {
    return worst(GradientRow::closedFormAgreement);
  }

  /** The largest relative difference from central differences; empty if there are none. */
  public OptionalDouble worstFiniteDifferences() {
    return worst(GradientRow::differencesAgreement);
  }

  private OptionalDouble worst(Function<GradientRow, Optional<Agreement>> road) {
    return rows.stream()
        .flatMap(row -> road.apply(row).stream())
        .filter(agreement -> !agreement.isOfOtherShape())
        .mapToDouble(Agreement::relative)
        .max();
  }

  /** The number of entries that were moved by finite differences. */
  public int moved() {
    return count(Agreement::entries);
  }

  /** How many of the moved entries could be compared. */
  public int conclusive() {
    return count(Agreement::conclusive);
  }

  /** How many of the moved entries had a step that crosses a kink. */
  public int masked() {
    return count(Agreement::masked);
  }

  /** How many of the moved entries were too small on both sides. */
  public int tiny() {
    return count(Agreement::tiny);
  }

  private int count(ToIntFunction<Agreement> what) {
    return rows.stream().flatMap(row -> row.differencesAgreement().stream()).mapToInt(what).sum();
  }

  /** What it says in numbers and words, without the tensors. */
  public GradientSummary summary() {
    return GradientSummary.of(this);
  }

  /**
   * The rows as a table: the entry with the largest difference in its three versions, the relative
   * differences of the whole tensor, and the verdict; then the totals.
   */
  public String toText() {
    return summary().toText();
  }

  @Override
  public String toString() {
    return toText();
  }
}
