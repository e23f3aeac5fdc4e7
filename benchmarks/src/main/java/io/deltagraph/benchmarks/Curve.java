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
  private static final List<String> COLOURS = List.of("#1b6ca8", "#c0392b", "#2e8b57");

  private final String name;
  private final String horizontal;
  private final String vertical;
  private final Map<String, List<Point>> series = new LinkedHashMap<>();

  private record Point(double size, double value) {}

  Curve(String name, String horizontal, String vertical) {
    this.name = name;
    this.horizontal = horizontal;
    this.vertical = vertical;
  }

  String name() {
    return name;
  }

  void add(String of, double size, double value) {
    series.computeIfAbsent(of, _ -> new ArrayList<>()).add(new Point(size, value));
  }

  /** Lines of curve, series, size, value and unit. */
  String csv() {
    StringBuilder text = new StringBuilder();
    series.forEach((of, points) ->
        points.forEach(point ->
            text.append(
                String.format(
                    Locale.ROOT,
                    "%s,%s,%.0f,%.3f,\"%s\"\n",
                    name,
                    of,
                    point.size(),
                    point.value(),
                    vertical))));
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
    for (double at = bottom; at <= top * 1.001; at *= 10) {
      double y = place(at, bottom, top, HEIGHT - MARGIN, 20);
      line(svg, MARGIN, y, WIDTH - 20, y);
      text(svg, MARGIN - 5, y + 4, "end", number(at));
    }
    for (Point point : series.values().iterator().next()) {
      double x = place(point.size(), left, right, MARGIN, WIDTH - 20);
      line(svg, x, HEIGHT - MARGIN, x, 20);
      text(svg, x, HEIGHT - MARGIN + 15, "middle", number(point.size()));
    }
    text(svg, WIDTH / 2.0, HEIGHT - 20, "middle", horizontal);
    text(svg, MARGIN, 14, "middle", vertical);
    int number = 0;
    for (Map.Entry<String, List<Point>> entry : series.entrySet()) {
      String colour = COLOURS.get(number % COLOURS.size());
      StringBuilder points = new StringBuilder();
      for (Point point : entry.getValue()) {
        points.append(
            String.format(
                Locale.ROOT,
                "%.1f,%.1f ",
                place(point.size(), left, right, MARGIN, WIDTH - 20),
                place(point.value(), bottom, top, HEIGHT - MARGIN, 20)));
      }
      svg.append(
          "<polyline fill='none' stroke='%s' stroke-width='2' points='%s'/>\n"
              .formatted(colour, points.toString().strip()));
      svg.append(
          "<text x='%d' y='%d' fill='%s'>%s</text>\n"
              .formatted(MARGIN + 12, 36 + 14 * number, colour, entry.getKey()));
      number++;
    }
    return svg.append("</svg>\n").toString();
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

  private static String number(double value) {
    return value >= 1 ? String.format(Locale.ROOT, "%,.0f", value) : Double.toString(value);
  }
}
