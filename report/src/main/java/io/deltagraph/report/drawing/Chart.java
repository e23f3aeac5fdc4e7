package io.deltagraph.report.drawing;

import io.deltagraph.report.page.Content;
import io.deltagraph.report.page.Element;
import io.deltagraph.report.page.ShownNumber;
import java.util.ArrayList;
import java.util.List;

/** The frame of every chart: axes with numbers, the room between them, the legend below. */
public final class Chart {
  static final double WIDTH = 360;
  private static final double LEFT = 60;
  private static final double RIGHT = 12;
  private static final double TOP = 10;
  private static final double BOTTOM = 42;

  private final Axis x;
  private final Axis y;
  private final double height;

  /** A frame, as wide as a phone and so high. */
  public Chart(Axis x, Axis y, double height) {
    this.x = x;
    this.y = y;
    this.height = height;
  }

  /** The pixel where the room for what is drawn begins. */
  public double left() {
    return LEFT;
  }

  /** The pixel where it ends. */
  public double right() {
    return WIDTH - RIGHT;
  }

  /** The pixel of its upper end. */
  public double top() {
    return TOP;
  }

  /** The pixel of its lower end. */
  public double bottom() {
    return height - BOTTOM;
  }

  /** The pixel of a value of the axis across; NaN for one that has none. */
  public double x(double value) {
    return x.place(value, left(), right());
  }

  /** The pixel of a value of the axis upwards; NaN for one that has none. */
  public double y(double value) {
    return y.place(value, bottom(), top());
  }

  /** The drawing with its axes over what it holds. */
  public Element svg(String label, List<Element> inside) {
    List<Element> all = new ArrayList<>(grid());
    all.addAll(inside);
    all.addAll(numbers());
    return picture(label, WIDTH, height).with("class", "chart").containing(all);
  }

  /** A drawing that is one picture for whoever has it read out. */
  static Element picture(String label, double width, double height) {
    return Element.of("svg")
        .with("viewBox", "0 0 " + ShownNumber.pixels(width) + " " + ShownNumber.pixels(height))
        .with("role", "img")
        .with("aria-label", label);
  }

  private List<Element> grid() {
    List<Element> lines = new ArrayList<>();
    for (double tick : x.ticks()) {
      lines.add(line("grid", x(tick), top(), x(tick), bottom()));
    }
    for (double tick : y.ticks()) {
      lines.add(line("grid", left(), y(tick), right(), y(tick)));
    }
    return lines;
  }

  private List<Element> numbers() {
    List<Element> all = new ArrayList<>();
    all.add(line("axis", left(), bottom(), right(), bottom()));
    all.add(line("axis", left(), top(), left(), bottom()));
    double free = Double.NEGATIVE_INFINITY;
    for (double tick : x.ticks()) {
      String number = tick(x, tick);
      double half = number.length() * 3.4;
      double at = Math.min(x(tick), WIDTH - half - 1);
      if (at - half > free) {
        all.add(text("small faint middle", at, bottom() + 15, number));
        free = at + half + 4;
      }
    }
    for (double tick : y.ticks()) {
      all.add(text("small faint end", left() - 5, y(tick) + 4, tick(y, tick)));
    }
    all.add(text("small middle", (left() + right()) / 2, height - 8, x.label()));
    all.add(
        text("small middle", 0, 0, y.label())
            .with(
                "transform",
                "translate(11 " + ShownNumber.pixels((top() + bottom()) / 2) + ") rotate(-90)"));
    return all;
  }

  private static String tick(Axis axis, double value) {
    return axis.logarithmic() ? ShownNumber.power(value) : ShownNumber.text(value, 5);
  }

  /** A straight line. */
  public static Element line(String style, double x1, double y1, double x2, double y2) {
    return Element.of("line")
        .with("class", style)
        .with("x1", x1)
        .with("y1", y1)
        .with("x2", x2)
        .with("y2", y2);
  }

  static Element text(String style, double x, double y, String text) {
    return Element.of("text", text).with("class", style).with("x", x).with("y", y);
  }

  /** What each line or mark stands for. */
  public static Element legend(List<String> names, boolean lines) {
    List<Element> items = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      double width = lines ? 34 : 14;
      Element sample =
          Element.of("svg")
              .with("width", width)
              .with("height", 14)
              .with("viewBox", "0 0 " + ShownNumber.pixels(width) + " 14")
              .with("aria-hidden", "true");
      if (lines) {
        sample = sample.containing(line("curve s" + Series.style(i), 0, 7, width, 7));
      }
      sample = sample.containing(PointMark.of(i).at(width / 2, 7, 4, i));
      items.add(Element.of("li", sample, Content.text(names.get(i))));
    }
    return Element.of("ul").with("class", "legend").containing(items);
  }

  /** A figure with its caption, and a remark under it where there is one. */
  static Element figure(String caption, String remark, Element... inside) {
    Element figure = Element.of("figure", Element.of("figcaption", caption)).containing(inside);
    return remark.isEmpty()
        ? figure
        : figure.containing(Element.of("p", remark).with("class", "note"));
  }
}
