package io.deltagraph.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.DoubleStream;

/** Some series over one size, drawn with both axes logarithmic. */
final class Curve {
  private static final int WIDTH = 480;
  private static final int HEIGHT = 320;
  private static final int MARGIN = 60;
  private static final int RIGHT = 36;
  private static final List<String> COLOURS = List.of("#1b6ca8", "#c0392b", "#2e8b57");

  private final String name;
  private final String horizontal;
  private final String vertical;
  private final Map<String, List<Point>> series = new LinkedHashMap<>();

  private record Point(double size, double value, boolean steady) {}

  Curve(String name, String horizontal, String vertical) {
    this.name = name;
    this.horizontal = horizontal;
    this.vertical = vertical;
  }

  String name() {
    return name;
  }

  void add(String of, double size, double value, boolean steady) {
    series.computeIfAbsent(of, _ -> new ArrayList<>()).add(new Point(size, value, steady));
  }

  /** Lines of curve, series, size, value, unit and whether the value is steady. */
  String csv() {
    StringBuilder text = new StringBuilder();
    series.forEach((of, points) ->
        points.forEach(point ->
            text.append(
                String.format(
                    Locale.ROOT,
                    "%s,%s,%.0f,%.3f,\"%s\",%s\n",
                    name,
                    of,
                    point.size(),
                    point.value(),
                    vertical,
                    point.steady()))));
    return text.toString();
  }

  /** The numbers as a Markdown table: a row for each size, a column for each series. */
  String table() {
    StringBuilder text = new StringBuilder();
    text.append("| ").append(horizontal).append(" | ");
    series.keySet().forEach(of -> text.append(of).append(", ").append(vertical).append(" | "));
    text.append("growth |\n|---:|").append("---:|".repeat(series.size() + 1)).append('\n');
    List<Point> first = series.values().iterator().next();
    for (int i = 0; i < first.size(); i++) {
      text.append("| ").append(number(first.get(i).size())).append(" | ");
      double sum = 0;
      double before = 0;
      for (List<Point> points : series.values()) {
        Point point = points.get(i);
        text.append(figure(point.value())).append(point.steady() ? "" : " ~").append(" | ");
        sum += point.value();
        before += i == 0 ? 0 : points.get(i - 1).value();
      }
      text.append(i == 0 ? "" : "%.1f".formatted(sum / before)).append(" |\n");
    }
    return text.toString();
  }

  /** The drawing. */
  String svg() {
    double left = all(true).min().orElse(1);
    double right = all(true).max().orElse(10);
    double bottom = Math.pow(10, Math.floor(Math.log10(all(false).min().orElse(1))));
    double top = Math.pow(10, Math.ceil(Math.log10(all(false).max().orElse(10))));
    StringBuilder svg = new StringBuilder();
    svg.append(
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %d %d' font-family='sans-serif' font-size='11'>\n"
            .formatted(WIDTH, HEIGHT));
    svg.append("<rect width='100%' height='100%' fill='white'/>\n");
    // Whole powers of ten, counted: repeated multiplication would print as 0.30000000000000004.
    for (int power = (int) Math.round(Math.log10(bottom)); Math.pow(10, power) <= top; power++) {
      double at = power < 0 ? 1 / Math.pow(10, -power) : Math.pow(10, power);
      double y = place(at, bottom, top, HEIGHT - MARGIN, 20);
      line(svg, MARGIN, y, WIDTH - RIGHT, y);
      text(svg, MARGIN - 5, y + 4, "end", number(at));
    }
    for (Point point : series.values().iterator().next()) {
      double x = place(point.size(), left, right, MARGIN, WIDTH - RIGHT);
      line(svg, x, HEIGHT - MARGIN, x, 20);
      text(svg, x, HEIGHT - MARGIN + 15, "middle", number(point.size()));
    }
    text(svg, WIDTH / 2.0, HEIGHT - 20, "middle", horizontal);
    text(svg, MARGIN, 14, "middle", vertical);
    linear(svg, left, right, bottom, top);
    int number = 0;
    for (Map.Entry<String, List<Point>> entry : series.entrySet()) {
      String colour = COLOURS.get(number % COLOURS.size());
      StringBuilder points = new StringBuilder();
      for (Point point : entry.getValue()) {
        points.append(
            String.format(
                Locale.ROOT,
                "%.1f,%.1f ",
                place(point.size(), left, right, MARGIN, WIDTH - RIGHT),
                place(point.value(), bottom, top, HEIGHT - MARGIN, 20)));
      }
      svg.append(
          "<polyline fill='none' stroke='%s' stroke-width='2' points='%s'/>\n"
              .formatted(colour, points.toString().strip()));
      for (Point point : entry.getValue()) {
        svg.append(
            String.format(
                Locale.ROOT,
                "<circle cx='%.1f' cy='%.1f' r='3' fill='%s'/>\n",
                place(point.size(), left, right, MARGIN, WIDTH - RIGHT),
                place(point.value(), bottom, top, HEIGHT - MARGIN, 20),
                point.steady() ? colour : "white' stroke='" + colour));
      }
      svg.append(
          "<text x='%d' y='%d' fill='%s'>%s</text>\n"
              .formatted(MARGIN + 12, 36 + 14 * number, colour, entry.getKey()));
      number++;
    }
    return svg.append("</svg>\n").toString();
  }

  /** What growth in proportion would look like: back from the last point of the first series. */
  private void linear(StringBuilder svg, double left, double right, double bottom, double top) {
    double end = series.values().iterator().next().getLast().value();
    // Where it leaves the drawing at the bottom or at the left.
    double from = Math.max(left, right * bottom / end);
    svg.append(
        String.format(
            Locale.ROOT,
            "<line x1='%.1f' y1='%.1f' x2='%.1f' y2='%.1f' stroke='#999' stroke-dasharray='4 3'/>\n",
            place(from, left, right, MARGIN, WIDTH - RIGHT),
            place(end * from / right, bottom, top, HEIGHT - MARGIN, 20),
            place(right, left, right, MARGIN, WIDTH - RIGHT),
            place(end, bottom, top, HEIGHT - MARGIN, 20)));
    svg.append(
        "<text x='%d' y='%d' text-anchor='end' fill='#777'>dashed: in proportion</text>\n"
            .formatted(WIDTH - RIGHT - 4, HEIGHT - MARGIN - 8));
  }

  private DoubleStream all(boolean sizes) {
    return series.values().stream()
        .flatMap(List::stream)
        .mapToDouble(point -> sizes ? point.size() : point.value());
  }

  private static double place(double value, double low, double high, double from, double to) {
    return from + (to - from) * Math.log(value / low) / Math.log(high / low);
  }

  private static void line(StringBuilder svg, double x1, double y1, double x2, double y2) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<line x1='%.1f' y1='%.1f' x2='%.1f' y2='%.1f' stroke='#ddd'/>\n",
            x1,
            y1,
            x2,
            y2));
  }

  private static void text(StringBuilder svg, double x, double y, String anchor, String text) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<text x='%.1f' y='%.1f' text-anchor='%s'>%s</text>\n",
            x,
            y,
            anchor,
            text));
  }

  private static String figure(double value) {
    return String.format(Locale.ROOT, value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%,.0f", value);
  }

  private static String number(double value) {
    return value >= 1 ? String.format(Locale.ROOT, "%,.0f", value) : Double.toString(value);
  }
}
