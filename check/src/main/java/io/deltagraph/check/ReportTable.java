package io.deltagraph.check;

import com.google.common.collect.ImmutableList;
import io.deltagraph.print.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** Lays the summary of a gradient report out in columns. */
final class ReportTable {
  private static final String NONE = "-";
  private static final List<String> HEADS =
      ImmutableList.of(
          "gradient of",
          "shape",
          "worst entry",
          "autodiff",
          "closed form",
          "central difference",
          "vs closed form",
          "vs differences",
          "moved",
          "verdict");

  /** Columns from this one on hold numbers, which end at the same place. */
  private static final int FIRST_NUMBER = 3;

  private ReportTable() {}

  static String of(GradientSummary report) {
    TextTable table = TextTable.of(HEADS);
    report.rows().forEach(row -> table.row(cells(row)));
    List<String> text = new ArrayList<>();
    text.add(table.ruled(column -> column < FIRST_NUMBER || column == HEADS.size() - 1));
    text.addAll(totals(report));
    List<String> causes = causes(report);
    if (!causes.isEmpty()) {
      text.add("");
      text.addAll(causes);
    }
    return String.join("\n", text) + "\n";
  }

  private static List<String> causes(GradientSummary report) {
    return report.rows().stream()
        .flatMap(row ->
            row.cause().stream()
                .map(cause -> row.name() + blamed(row, cause.blame()) + ": " + cause.sentence()))
        .toList();
  }

  private static String blamed(GradientSummary.Row row, GradientRow.Blame blame) {
    return switch (blame) {
      case AUTODIFF -> "";
      case CLOSED_FORM ->
          row.closedForm().filter(Agreement::isOfOtherShape).isPresent()
              ? ", of which the closed form has another shape"
              : ", of which the closed form is wrong, as the differences agree with autodiff";
      case EITHER -> ", of which no differences tell whether autodiff or the closed form is wrong";
    };
  }

  private static List<String> cells(GradientSummary.Row row) {
    Optional<GradientRow.Worst> worst = row.worst();
    return List.of(
        row.name(),
        row.shape().toString(),
        worst.map(GradientRow.Worst::place).orElse(NONE),
        number(worst.map(w -> OptionalDouble.of(w.autodiff())).orElse(OptionalDouble.empty())),
        number(worst.map(GradientRow.Worst::closedForm).orElse(OptionalDouble.empty())),
        number(worst.map(GradientRow.Worst::difference).orElse(OptionalDouble.empty())),
        relative(row.closedForm()),
        relative(row.differences()),
        row.differences().map(a -> moved(row, a)).orElse(NONE),
        row.verdict().toString());
  }

  private static String moved(GradientSummary.Row row, Agreement agreement) {
    String share = agreement.conclusive() + "/" + agreement.entries();
    return switch (row.extent().orElseThrow()) {
      case ALL -> share;
      case SAMPLE -> share + " of " + row.entries();
      case DIRECTION -> "1 direction";
    };
  }

  private static String number(OptionalDouble value) {
    return value.isPresent() ? String.format(Locale.ROOT, "% .9e", value.getAsDouble()) : NONE;
  }

  private static String relative(Optional<Agreement> agreement) {
    return agreement
        .map(a ->
            a.isOfOtherShape()
                ? "other shape " + mark(a.verdict())
                : String.format(Locale.ROOT, "%.1e %s", a.relative(), mark(a.verdict())))
        .orElse(NONE);
  }

  private static String mark(Verdict verdict) {
    return switch (verdict) {
      case PASS -> "ok";
      case FAIL -> "!!";
      case INCONCLUSIVE -> "??";
    };
  }

  private static List<String> totals(GradientSummary report) {
    List<String> totals = new ArrayList<>();
    totals.add("verdict                    " + report.verdict());
    report
        .worstClosedForm()
        .ifPresent(worst ->
            totals.add(String.format(Locale.ROOT, "worst against closed form  %.1e", worst)));
    report
        .worstDifferences()
        .ifPresent(worst -> {
          totals.add(String.format(Locale.ROOT, "worst against differences  %.1e", worst));
          totals.add(
              String.format(
                  Locale.ROOT,
                  "entries moved              %d: %d conclusive, %d too small, %d at kinks",
                  report.moved(),
                  report.conclusive(),
                  report.tiny(),
                  report.masked()));
        });
    return totals;
  }
}
