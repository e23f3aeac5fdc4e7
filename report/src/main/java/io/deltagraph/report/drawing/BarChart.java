package io.deltagraph.report.drawing;

import io.deltagraph.report.page.Element;
import io.deltagraph.report.page.ShownNumber;
import java.util.ArrayList;
import java.util.List;

/**
 * Bars that lie, one under the other, each with its name and its number.
 *
 * @param caption what it shows
 * @param names of the bars
 * @param lengths of the bars, none negative
 * @param remark a sentence under it; may be empty
 */
public record BarChart(String caption, List<String> names, List<Double> lengths, String remark) {
  private static final double ROW = 24;
  private static final double WIDTH = 360;
  private static final double LETTER = 6.8;
  private static final double NUMBER = 66;

  /** Copies. */
  public BarChart {
    names = List.copyOf(names);
    lengths = List.copyOf(lengths);
  }

  /** The figure. */
  public Element figure() {
    double left =
        Math.min(150, names.stream().mapToInt(String::length).max().orElse(0) * LETTER + 8);
    double most = lengths.stream().mapToDouble(Double::doubleValue).max().orElse(0);
    List<Element> all = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      double y = i * ROW;
      double length = most > 0 ? (WIDTH - left - NUMBER) * lengths.get(i) / most : 0;
      all.add(Chart.text("small end", left - 6, y + 16, names.get(i)));
      all.add(
          Element.of("rect")
              .with("class", "f1")
              .with("x", left)
              .with("y", y + 4)
              .with("width", Math.max(1, length))
              .with("height", ROW - 8));
      all.add(
          Chart.text(
              "small", left + Math.max(1, length) + 5, y + 16, ShownNumber.text(lengths.get(i))));
    }
    Element svg =
        Chart.picture(caption, WIDTH, names.size() * ROW + 2)
            .with("class", "chart")
            .containing(all);
    return Chart.figure(caption, remark, svg);
  }
}
