package io.deltagraph.report.run;

import io.deltagraph.check.Agreement;
import io.deltagraph.check.Estimate;
import io.deltagraph.check.GradientReport;
import io.deltagraph.check.GradientRow;
import io.deltagraph.check.GradientSummary;
import io.deltagraph.experiments.RunDetails;
import io.deltagraph.experiments.RunReport;
import io.deltagraph.graph.OpLookup;
import io.deltagraph.report.drawing.ColourScale;
import io.deltagraph.report.drawing.PixelPicture;
import io.deltagraph.report.page.Content;
import io.deltagraph.report.page.DataTable;
import io.deltagraph.report.page.Element;
import io.deltagraph.report.page.Page;
import io.deltagraph.report.page.ShownNumber;
import io.deltagraph.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** The check: tensor by tensor on three roads, where they lie apart most, and kinks. */
final class CheckSection {
  private static final int MOST_SIDE = 64;
  private static final int MOST_ENTRIES = 10;
  private static final int MOST_OF_ONE = 3;
  private static final int WIDTH = 160;

  /** Below this a difference is drawn as none; it is about the rounding of a double. */
  private static final double LEAST = -17;

  private CheckSection() {}

  static Page add(Page page, RunReport report, RunDetails details, OpLookup ops) {
    List<Element> all = new ArrayList<>();
    for (RunReport.Check check : report.checks()) {
      all.add(
          table(
              check.gradients(),
              switch (check.moment()) {
                case BEFORE -> "At random weights";
                case AFTER -> "At the trained weights";
              }));
      for (GradientSummary.Row row : check.gradients().rows()) {
        row.cause()
            .ifPresent(cause -> all.add(Element.of("p", row.name() + ": " + cause.sentence())));
      }
    }
    all.add(worst(details.before()));
    kinks(details.before()).ifPresent(all::add);
    StepSizes.figure(details, ops).ifPresent(all::add);
    all.add(maps(details.before()));
    return page.section("check", "Every gradient on three roads", all);
  }

  private static Element table(GradientSummary gradients, String caption) {
    DataTable table =
        DataTable.of(
            caption + ": the entry of each tensor that differs most",
            "gradient of",
            "shape",
            "entry",
            "#autodiff",
            "#closed form",
            "#differences",
            "#against closed form",
            "#against differences",
            "agrees?");
    for (GradientSummary.Row row : gradients.rows()) {
      Optional<GradientRow.Worst> worst = row.worst();
      table =
          table.row(
              Content.text(row.name()),
              Content.text(row.shape().toString()),
              Content.text(worst.map(GradientRow.Worst::place).orElse("–")),
              Content.text(worst.map(w -> ShownNumber.text(w.autodiff(), 7)).orElse("–")),
              number(worst.map(GradientRow.Worst::closedForm).orElse(OptionalDouble.empty()), 7),
              number(worst.map(GradientRow.Worst::difference).orElse(OptionalDouble.empty()), 7),
              number(relative(row.closedForm()), 2),
              number(relative(row.differences()), 2),
              SanitySection.word(row.verdict()));
    }
    return table.element();
  }

  private static OptionalDouble relative(Optional<Agreement> agreement) {
    return agreement.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(agreement.get().relative());
  }

  private static Content number(OptionalDouble value, int digits) {
    return Content.text(value.isPresent() ? ShownNumber.text(value.getAsDouble(), digits) : "–");
  }

  /** An entry on all roads. */
  private record Entry(
      String tensor,
      String place,
      double autodiff,
      double closedForm,
      double difference,
      double far) {}

  private static Element worst(GradientReport report) {
    List<Entry> entries = new ArrayList<>();
    for (GradientRow row : report.rows()) {
      List<Entry> own = entries(row);
      entries.addAll(own.subList(0, Math.min(MOST_OF_ONE, own.size())));
    }
    entries.sort(Comparator.comparingDouble(Entry::far).reversed());
    DataTable table =
        DataTable.of(
            "The entries where the roads lie apart most, up to three of each tensor",
            "gradient of",
            "entry",
            "#autodiff",
            "#closed form",
            "#differences",
            "#apart, of the largest entry");
    for (Entry entry : entries.subList(0, Math.min(MOST_ENTRIES, entries.size()))) {
      table =
          table.row(
              entry.tensor(),
              entry.place(),
              ShownNumber.text(entry.autodiff(), 9),
              shown(entry.closedForm()),
              shown(entry.difference()),
              ShownNumber.text(entry.far(), 2));
    }
    return table.element();
  }

  /** Those of one tensor, the farthest apart first. */
  private static List<Entry> entries(GradientRow row) {
    List<Entry> entries = new ArrayList<>();
    double[] differences = slopes(row);
    double largest = largest(row.autodiff());
    for (int i = 0; i < row.autodiff().length(); i++) {
      double own = row.autodiff().get(i);
      double closed = closedForm(row, i);
      double far = Math.max(gap(own, closed), gap(own, differences[i])) / largest;
      if (far > 0 && Double.isFinite(far)) {
        String place = place(row.autodiff(), i);
        entries.add(new Entry(row.name(), place, own, closed, differences[i], far));
      }
    }
    entries.sort(Comparator.comparingDouble(Entry::far).reversed());
    return entries;
  }

  /** Such as {@code [3, 0]}. */
  private static String place(Tensor tensor, int flat) {
    int[] sizes = tensor.type().shape().sizes();
    List<Integer> place = new ArrayList<>();
    int rest = flat;
    for (int i = sizes.length - 1; i >= 0; i--) {
      place.addFirst(rest % sizes[i]);
      rest /= sizes[i];
    }
    return place.toString();
  }

  private static String shown(double value) {
    return Double.isNaN(value) ? "–" : ShownNumber.text(value, 9);
  }

  private static double gap(double one, double other) {
    return Double.isNaN(other) ? 0 : Math.abs(one - other);
  }

  private static double largest(Tensor tensor) {
    double largest = Arrays.stream(tensor.toDoubles()).map(Math::abs).max().orElse(1);
    return largest == 0 ? 1 : largest;
  }

  private static double closedForm(GradientRow row, int place) {
    return row.closedForm()
        .filter(tensor -> tensor.type().equals(row.autodiff().type()))
        .map(tensor -> tensor.get(place))
        .orElse(Double.NaN);
  }

  /** Central differences at their places, NaN where there are none or they cross a kink. */
  private static double[] slopes(GradientRow row) {
    double[] slopes = new double[row.autodiff().length()];
    Arrays.fill(slopes, Double.NaN);
    row.differences()
        .filter(known -> known.extent() != Estimate.Extent.DIRECTION)
        .ifPresent(known -> {
          for (int i = 0; i < known.positions().size(); i++) {
            if (!known.masked().contains(i)) {
              slopes[known.positions().get(i)] = known.slopes().get(i);
            }
          }
        });
    return slopes;
  }

  private static Optional<Element> kinks(GradientReport report) {
    if (report.masked() == 0) {
      return Optional.empty();
    }
    StringBuilder text =
        new StringBuilder(
            "Kinks: %d of %d moved entries say nothing, because a step there crosses a kink, as that of relu at 0. "
                .formatted(report.masked(), report.moved()));
    for (GradientRow row : report.rows()) {
      List<Integer> places =
          row.differences()
              .map(known -> known.masked().stream().map(i -> known.positions().get(i)).toList())
              .orElse(List.of());
      if (!places.isEmpty()) {
        text.append(row.name())
            .append(": ")
            .append(
                String.join(
                    ", ", places.stream().limit(MOST_ENTRIES).map(String::valueOf).toList()))
            .append(places.size() > MOST_ENTRIES ? ", …; " : "; ");
      }
    }
    return Optional.of(Element.of("p", text.substring(0, text.length() - 2) + "."));
  }

  /** Each tensor as four pictures. */
  private static Element maps(GradientReport report) {
    Element all =
        Element.of(
            "details",
            Element.of("summary", "All entries of all tensors, as heat maps"),
            Element.of(
                "p",
                "Three roads to each gradient, orange above 0 and blue below, then how far autodiff"
                    + " and the closed form lie apart: white for a difference of rounding, 1e−17 of"
                    + " the largest entry, dark blue for one as large as that. Grey was not moved."));
    for (GradientRow row : report.rows()) {
      all = all.containing(Element.of("h3", row.name()), map(row));
    }
    return all;
  }

  private static Element map(GradientRow row) {
    double[] own = row.autodiff().toDoubles();
    double[] differences = slopes(row);
    double[] closed = new double[own.length];
    double[] apart = new double[own.length];
    double largest = largest(row.autodiff());
    for (int i = 0; i < own.length; i++) {
      closed[i] = closedForm(row, i);
      double other = Double.isNaN(closed[i]) ? differences[i] : closed[i];
      apart[i] = Math.max(LEAST, Math.log10(Math.abs(own[i] - other) / largest));
      apart[i] = Double.isNaN(other) ? Double.NaN : apart[i];
    }
    ColourScale signed = ColourScale.signed(largest);
    Element pictures = Element.of("ul").with("class", "pictures");
    pictures = pictures.containing(picture(row, own, signed, "autodiff"));
    if (row.closedForm().isPresent()) {
      pictures = pictures.containing(picture(row, closed, signed, "closed form"));
    }
    return pictures.containing(
        picture(row, differences, signed, "differences"),
        picture(row, apart, ColourScale.from(LEAST, 0), "apart"));
  }

  private static Element picture(
      GradientRow row, double[] numbers, ColourScale scale, String what) {
    int[] sizes = row.autodiff().type().shape().sizes();
    int columns = sizes.length == 0 ? 1 : sizes[sizes.length - 1];
    int width = Math.min(columns, MOST_SIDE);
    int height = Math.min(numbers.length / Math.max(1, columns), MOST_SIDE);
    List<Double> shown = new ArrayList<>();
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        shown.add(numbers[y * columns + x]);
      }
    }
    String text = what + (width < columns || height * columns < numbers.length ? ", a part" : "");
    int size = Math.clamp((long) WIDTH * width / Math.max(width, height), 12, WIDTH);
    return Element.of(
        "li",
        new PixelPicture(width, shown, scale).image(row.name() + ": " + text, size),
        Element.of("span", text));
  }
}
