package io.deltagraph.report.drawing;

import io.deltagraph.report.page.Element;
import io.deltagraph.report.page.ShownNumber;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Curves over two axes.
 *
 * @param caption what it shows
 * @param x across
 * @param y upwards
 * @param series the curves, told apart by colour, dashes and marks
 * @param remark a sentence under it; may be empty
 */
public record LineChart(String caption, Axis x, Axis y, List<Series> series, String remark) {
  private static final double HEIGHT = 230;
  private static final int MOST_POINTS = 400;
  private static final int MARKS = 7;

  /** Copies. */
  public LineChart {
    series = List.copyOf(series);
  }

  /** Curves with axes over all of their points. */
  public static LineChart of(String caption, String x, String y, Series... series) {
    List<Series> all = List.of(series);
    return new LineChart(
        caption, exact(x, values(all, false)), Axis.over(y, values(all, true)), all, "");
  }

  private static Axis exact(String label, double[] values) {
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
    Axis axis = least < most ? Axis.between(label, least, most) : Axis.over(label, values);
    return Arrays.stream(values).allMatch(value -> value == Math.rint(value))
        ? axis.counted()
        : axis;
  }

  /** All places or heights of some curves. */
  public static double[] values(List<Series> series, boolean heights) {
    return series.stream()
        .flatMap(one -> (heights ? one.y() : one.x()).stream())
        .mapToDouble(Double::doubleValue)
        .toArray();
  }

  /** The same with powers of ten upwards. */
  public LineChart powers() {
    return new LineChart(caption, x, Axis.powers(y.label(), values(series, true)), series, remark);
  }

  /** The same with powers of ten both ways. */
  public LineChart powersBothWays() {
    return new LineChart(caption, Axis.powers(x.label(), values(series, false)), y, series, remark)
        .powers();
  }

  /** The same from 0 upwards. */
  public LineChart fromZero() {
    return new LineChart(
        caption, x, Axis.fromZero(y.label(), values(series, true)), series, remark);
  }

  /** The same with another axis upwards. */
  public LineChart upwards(Axis other) {
    return new LineChart(caption, x, other, series, remark);
  }

  /** The same with a sentence under it. */
  public LineChart remark(String sentence) {
    return new LineChart(caption, x, y, series, sentence);
  }

  /** The figure. */
  public Element figure() {
    Element svg = svg();
    return series.size() > 1
        ? Chart.figure(caption, remark, svg, Chart.legend(names(), true))
        : Chart.figure(caption, remark, svg);
  }

  private List<String> names() {
    return series.stream().map(Series::name).toList();
  }

  /** The drawing alone. */
  public Element svg() {
    Chart chart = new Chart(x, y, HEIGHT);
    List<Element> inside = new ArrayList<>();
    for (int i = 0; i < series.size(); i++) {
      Series shown = thinned(series.get(i));
      inside.add(
          Element.of("path")
              .with("class", "curve s" + Series.style(i))
              .with("d", path(chart, shown)));
      inside.addAll(marks(chart, shown, i));
    }
    return chart.svg(label(), inside);
  }

  private String label() {
    StringBuilder text = new StringBuilder(caption).append('.');
    for (Series one : series) {
      List<Double> there = one.y().stream().filter(Double::isFinite).toList();
      if (!there.isEmpty()) {
        text.append(' ')
            .append(one.name())
            .append(" goes from ")
            .append(ShownNumber.text(there.getFirst()))
            .append(" to ")
            .append(ShownNumber.text(there.getLast()))
            .append('.');
      }
    }
    return text.toString();
  }

  private static String path(Chart chart, Series one) {
    StringBuilder path = new StringBuilder();
    boolean open = false;
    for (int i = 0; i < one.x().size(); i++) {
      double px = chart.x(one.x().get(i));
      double py = chart.y(one.y().get(i));
      boolean there = Double.isFinite(px) && Double.isFinite(py);
      if (there) {
        path.append(open ? 'L' : 'M')
            .append(ShownNumber.pixels(px))
            .append(' ')
            .append(ShownNumber.pixels(py));
      }
      open = there;
    }
    return path.toString();
  }

  /** A few, at other places for each curve. */
  private static List<Element> marks(Chart chart, Series one, int place) {
    List<Element> marks = new ArrayList<>();
    int size = one.x().size();
    int every = Math.max(1, size / MARKS);
    for (int i = size <= MARKS ? 0 : (place * every / 3) % every; i < size; i += every) {
      double px = chart.x(one.x().get(i));
      double py = chart.y(one.y().get(i));
      if (Double.isFinite(px) && Double.isFinite(py)) {
        marks.add(PointMark.of(place).at(px, py, 3.5, place));
      }
    }
    return marks;
  }

  /** At most {@link #MOST_POINTS} points: of each stretch the lowest and the highest. */
  static Series thinned(Series all) {
    int size = all.x().size();
    if (size <= MOST_POINTS) {
      return all;
    }
    List<Double> xs = new ArrayList<>();
    List<Double> ys = new ArrayList<>();
    int stretches = MOST_POINTS / 2;
    for (int stretch = 0; stretch < stretches; stretch++) {
      int from = (int) ((long) size * stretch / stretches);
      int to = (int) ((long) size * (stretch + 1) / stretches);
      int low = from;
      int high = from;
      for (int i = from; i < to; i++) {
        low = all.y().get(i) < all.y().get(low) ? i : low;
        high = all.y().get(i) > all.y().get(high) ? i : high;
      }
      for (int i : low < high ? new int[] {low, high} : new int[] {high, low}) {
        xs.add(all.x().get(i));
        ys.add(all.y().get(i));
      }
    }
    return new Series(all.name(), xs, ys);
  }
}
