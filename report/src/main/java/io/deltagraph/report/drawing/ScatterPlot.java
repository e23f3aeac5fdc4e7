package io.deltagraph.report.drawing;

import io.deltagraph.report.page.Element;
import io.deltagraph.report.page.ShownNumber;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntBiFunction;

/**
 * Points of classes over two axes, and what a model says at every place.
 *
 * @param caption what it shows
 * @param x across
 * @param y upwards
 * @param classes a series of points each, told apart by colour and mark
 * @param regions the classes of a grid of places, rows from the lowest y up; empty for none
 * @param remark a sentence under it; may be empty
 */
public record ScatterPlot(
    String caption,
    Axis x,
    Axis y,
    List<Series> classes,
    List<List<Integer>> regions,
    String remark) {
  private static final double HEIGHT = 330;
  private static final int GRID = 64;

  /** Copies. */
  public ScatterPlot {
    classes = List.copyOf(classes);
    regions = regions.stream().map(List::copyOf).toList();
  }

  /** Points with axes over all of them, and some room around. */
  public static ScatterPlot of(String caption, String x, String y, List<Series> classes) {
    return new ScatterPlot(
        caption,
        roomy(x, LineChart.values(classes, false)),
        roomy(y, LineChart.values(classes, true)),
        classes,
        List.of(),
        "");
  }

  private static Axis roomy(String label, double[] values) {
    Axis tight = Axis.over(label, values);
    double room = (tight.most() - tight.least()) * 0.05;
    return Axis.between(label, tight.least() - room, tight.most() + room);
  }

  /** The same with the class that a model gives at each place (x, y). */
  public ScatterPlot regions(ToIntBiFunction<Double, Double> classAt) {
    List<List<Integer>> grid = new ArrayList<>();
    for (int row = 0; row < GRID; row++) {
      List<Integer> line = new ArrayList<>();
      double py = y.least() + (row + 0.5) / GRID * (y.most() - y.least());
      for (int column = 0; column < GRID; column++) {
        double px = x.least() + (column + 0.5) / GRID * (x.most() - x.least());
        line.add(classAt.applyAsInt(px, py));
      }
      grid.add(line);
    }
    return regions(grid);
  }

  /** The same with the classes of a grid of places, rows from the lowest y up. */
  public ScatterPlot regions(List<List<Integer>> grid) {
    return new ScatterPlot(caption, x, y, classes, grid, remark);
  }

  /** The same with a sentence under it. */
  public ScatterPlot remark(String sentence) {
    return new ScatterPlot(caption, x, y, classes, regions, sentence);
  }

  /**
   * The figure.
   *
   * @param over what is drawn over the regions and under the points, such as a line that moves; use
   *     {@link #across} and {@link #up} for its places
   */
  public Element figure(Element... over) {
    return Chart.figure(
        caption,
        remark,
        svg(over),
        Chart.legend(classes.stream().map(Series::name).toList(), false));
  }

  /** The drawing alone. */
  public Element svg(Element... over) {
    Chart chart = chart();
    List<Element> inside = new ArrayList<>(areas(chart));
    inside.addAll(List.of(over));
    for (int i = 0; i < classes.size(); i++) {
      Series one = classes.get(i);
      for (int k = 0; k < one.x().size(); k++) {
        inside.add(PointMark.of(i).at(chart.x(one.x().get(k)), chart.y(one.y().get(k)), 4, i));
      }
    }
    return chart.svg(caption, inside);
  }

  private Chart chart() {
    return new Chart(x, y, HEIGHT);
  }

  /** The pixel of a value of the axis across. */
  public double across(double value) {
    return chart().x(value);
  }

  /** The pixel of a value of the axis upwards. */
  public double up(double value) {
    return chart().y(value);
  }

  /** Equal neighbours of a row are one rectangle; where classes meet there is a line. */
  private List<Element> areas(Chart chart) {
    List<Element> areas = new ArrayList<>();
    StringBuilder border = new StringBuilder();
    int rows = regions.size();
    for (int row = 0; row < rows; row++) {
      List<Integer> line = regions.get(row);
      double bottom = chart.bottom() - (chart.bottom() - chart.top()) * row / rows;
      double top = chart.bottom() - (chart.bottom() - chart.top()) * (row + 1) / rows;
      double wide = (chart.right() - chart.left()) / line.size();
      int from = 0;
      for (int column = 1; column <= line.size(); column++) {
        if (column == line.size() || !line.get(column).equals(line.get(from))) {
          areas.add(
              Element.of("rect")
                  .with("class", "area f" + Series.style(line.get(from)))
                  .with("x", chart.left() + from * wide)
                  .with("y", top)
                  .with("width", (column - from) * wide)
                  .with("height", bottom - top + 0.1));
          if (column < line.size()) {
            border
                .append(move(chart.left() + column * wide, top))
                .append('V')
                .append(ShownNumber.pixels(bottom));
          }
          from = column;
        }
      }
      for (int column = 0; row > 0 && column < line.size(); column++) {
        if (!line.get(column).equals(regions.get(row - 1).get(column))) {
          border
              .append(move(chart.left() + column * wide, bottom))
              .append('h')
              .append(ShownNumber.pixels(wide));
        }
      }
    }
    if (!border.isEmpty()) {
      areas.add(Element.of("path").with("class", "border").with("d", border.toString()));
    }
    return areas;
  }

  private static String move(double x, double y) {
    return "M" + ShownNumber.pixels(x) + " " + ShownNumber.pixels(y);
  }
}
