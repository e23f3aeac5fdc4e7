package io.deltagraph.report.lecture;

import io.deltagraph.report.drawing.Axis;
import io.deltagraph.report.drawing.Chart;
import io.deltagraph.report.drawing.PointMark;
import io.deltagraph.report.page.Element;
import io.deltagraph.report.page.ShownNumber;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntToDoubleFunction;

/** One picture of a page, into which things are drawn by their numbers, and in which some move. */
final class Panel {
  private static final double HEIGHT = 270;
  private static final double MARK = 4;

  /** Marks at the edge are shown whole. */
  private static final double ROOM = 6;

  /** Far enough outside to be cut off, near enough to be drawn. */
  private static final double FAR = 2_000;

  private final String id;
  private final String title;
  private final String about;
  private final Axis across;
  private final Chart chart;
  private final List<Element> inside = new ArrayList<>();
  private final List<Element> marks = new ArrayList<>();
  private final List<Element> below = new ArrayList<>();

  /**
   * An empty picture.
   *
   * @param id unique on its page
   * @param title stands above it
   * @param about what it shows, for who cannot see it
   */
  Panel(String id, String title, String about, Axis across, Axis up) {
    this.id = id;
    this.title = title;
    this.about = about;
    this.across = across;
    this.chart = new Chart(across, up, HEIGHT);
  }

  double x(double value) {
    return near(chart.x(value));
  }

  double y(double value) {
    // What has no number any more has grown without bound; what is not above 0 is below all powers.
    return Double.isNaN(value) ? -FAR : near(chart.y(value));
  }

  private static double near(double pixel) {
    return Double.isNaN(pixel) ? FAR : Math.clamp(pixel, -FAR, FAR);
  }

  double bottom() {
    return chart.bottom();
  }

  /** Draws something that is cut off at the edges; what comes later lies above. */
  Panel add(Element what) {
    inside.add(what);
    return this;
  }

  /** Draws a mark above all that is no mark. */
  Panel mark(Element what) {
    marks.add(what);
    return this;
  }

  /** Puts words or a legend under the picture. */
  Panel under(Element what) {
    below.add(what);
    return this;
  }

  /** Says in a sentence what is drawn how. */
  Panel note(String sentence) {
    return under(Element.of("p", sentence).with("class", "note"));
  }

  /** A curve through the points of {@code count} numbers. */
  String points(int count, IntToDoubleFunction xs, IntToDoubleFunction ys) {
    StringBuilder points = new StringBuilder();
    for (int i = 0; i < count; i++) {
      points.append(i == 0 ? "" : " ").append(ShownNumber.pixels(x(xs.applyAsDouble(i))));
      points.append(',').append(ShownNumber.pixels(y(ys.applyAsDouble(i))));
    }
    return points.toString();
  }

  /** The points of a function between the ends of the axis. */
  String graph(DoubleUnaryOperator function) {
    int count = 120;
    IntToDoubleFunction xs =
        i -> across.least() + (across.most() - across.least()) * i / (count - 1);
    return points(count, xs, i -> function.applyAsDouble(xs.applyAsDouble(i)));
  }

  /** A bar from the bottom up whose height changes from frame to frame. */
  void bar(Film film, double from, double to, double[][] heights, int number) {
    Element bar =
        Element.of("rect")
            .with("class", "f1")
            .with("x", x(from))
            .with("width", Math.max(1, x(to) - x(from)));
    Element moving =
        film.changing(bar, "y", frame -> ShownNumber.pixels(y(heights[frame][number])));
    add(
        film.changing(
            moving,
            "height",
            frame -> ShownNumber.pixels(Math.max(0, bottom() - y(heights[frame][number])))));
  }

  static Element curve(String points, String style) {
    return Element.of("polyline").with("class", "curve " + style).with("points", points);
  }

  /** A mark whose shape tells its kind without colour, around the corner of the picture. */
  static Element symbol(int kind) {
    return PointMark.of(kind).at(0, 0, MARK, kind);
  }

  /** The same at its place. */
  Element symbol(int kind, double x, double y) {
    return symbol(kind).with("transform", place(x, y));
  }

  /** Where a mark stands. */
  String place(double x, double y) {
    return "translate(" + ShownNumber.pixels(x(x)) + " " + ShownNumber.pixels(y(y)) + ")";
  }

  /** The picture under its title. */
  Element element() {
    List<Element> all = new ArrayList<>();
    all.add(clip("-inside", 0));
    all.add(clip("-marks", ROOM));
    all.add(group("-inside", inside));
    all.add(group("-marks", marks));
    return Element.of("div", Element.of("h3", title), chart.svg(about, all)).containing(below);
  }

  private Element clip(String suffix, double room) {
    return Element.of(
            "clipPath",
            Element.of("rect")
                .with("x", chart.left() - room)
                .with("y", chart.top() - room)
                .with("width", chart.right() - chart.left() + 2 * room)
                .with("height", chart.bottom() - chart.top() + 2 * room))
        .with("id", id + suffix);
  }

  private Element group(String suffix, List<Element> drawn) {
    return Element.of("g").with("clip-path", "url(#" + id + suffix + ")").containing(drawn);
  }
}
