package io.deltagraph.report.drawing;

import io.deltagraph.report.page.DataTable;
import io.deltagraph.report.page.Element;
import io.deltagraph.report.page.ShownNumber;
import java.util.ArrayList;
import java.util.List;

/**
 * A table of numbers as cells of colours, with the number in each where there is room.
 *
 * @param caption what it shows
 * @param rows the name of each row
 * @param columns the name of each column
 * @param cells row by row; NaN is an empty cell
 * @param text what stands in each cell; no texts where it is empty
 * @param scale how a number becomes a colour
 * @param remark a sentence under it; may be empty
 */
public record HeatMap(
    String caption,
    List<String> rows,
    List<String> columns,
    List<List<Double>> cells,
    List<List<String>> text,
    ColourScale scale,
    String remark) {
  private static final double CELL = 26;
  private static final double LETTER = 6.6;

  /** Copies. */
  public HeatMap {
    rows = List.copyOf(rows);
    columns = List.copyOf(columns);
    cells = cells.stream().map(List::copyOf).toList();
    text = text.stream().map(List::copyOf).toList();
  }

  /** The figure; it scrolls where it is too wide. */
  public Element figure() {
    return Chart.figure(caption, remark, DataTable.scrolling(caption, svg()));
  }

  /** What who does not see it hears: its texts row by row. */
  private String label() {
    StringBuilder label = new StringBuilder(caption);
    for (int row = 0; row < Math.min(text.size(), rows.size()); row++) {
      label.append(row == 0 ? ". " : "; ").append(rows.get(row)).append(": ");
      label.append(String.join(", ", text.get(row)));
    }
    return label.toString();
  }

  /** The drawing alone. */
  public Element svg() {
    int longest = rows.stream().mapToInt(String::length).max().orElse(0);
    int widest = text.stream().flatMap(List::stream).mapToInt(String::length).max().orElse(0);
    int head = columns.stream().mapToInt(String::length).max().orElse(0);
    double left = longest * LETTER + 8;
    double cell = Math.max(CELL, Math.max(widest * LETTER + 8, Math.min(head * LETTER + 8, 90)));
    double top = columns.isEmpty() ? 2 : 20;
    int across = cells.stream().mapToInt(List::size).max().orElse(0);
    double width = left + across * cell + 4;
    double height = top + cells.size() * CELL + 4;
    List<Element> all = new ArrayList<>();
    for (int column = 0; column < columns.size(); column++) {
      all.add(
          Chart.text("small faint middle", left + (column + 0.5) * cell, 14, columns.get(column)));
    }
    for (int row = 0; row < cells.size(); row++) {
      double y = top + row * CELL;
      if (row < rows.size()) {
        all.add(Chart.text("small faint end", left - 5, y + CELL / 2 + 4, rows.get(row)));
      }
      for (int column = 0; column < cells.get(row).size(); column++) {
        double value = cells.get(row).get(column);
        double x = left + column * cell;
        all.add(
            Element.of("rect")
                .with("x", x)
                .with("y", y)
                .with("width", cell - 1)
                .with("height", CELL - 1)
                .with("fill", scale.colour(value)));
        if (!text.isEmpty()) {
          all.add(
              Chart.text(
                      "small middle",
                      x + (cell - 1) / 2,
                      y + CELL / 2 + 4,
                      text.get(row).get(column))
                  .with("class", "small middle " + (scale.isDark(value) ? "on-dark" : "on-light")));
        }
      }
    }
    return Chart.picture(label(), width, height)
        .with("width", width)
        .with("height", ShownNumber.pixels(height))
        .containing(all);
  }
}
