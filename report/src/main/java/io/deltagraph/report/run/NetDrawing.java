package io.deltagraph.report.run;

import io.deltagraph.graph.Apply;
import io.deltagraph.graph.Constant;
import io.deltagraph.graph.GraphParameter;
import io.deltagraph.graph.Input;
import io.deltagraph.graph.Value;
import io.deltagraph.report.layout.LayeredLayout;
import io.deltagraph.report.page.Element;
import io.deltagraph.report.page.ShownNumber;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A net as boxes and arrows, forward and back. */
final class NetDrawing {
  private static final double HIGH = 42;
  private static final double LETTER = 7;
  private static final double EDGE = 12;
  private static final double BETWEEN = 30;
  private static final double APART = 5;
  private static final double HEAD = 4;

  private final NetPoint point;

  NetDrawing(NetPoint point) {
    this.point = point;
  }

  /** What a value is called: its name, or its op with its number. */
  static String name(Value value) {
    return value instanceof Apply apply && apply.name().isEmpty()
        ? apply.op().id().name() + " " + value.label()
        : value.label();
  }

  static String part(Value value) {
    return "n" + value.id();
  }

  static String id(Value value) {
    return "node-" + value.id();
  }

  private static String title(Value value) {
    return Shortened.name(
        value instanceof Apply apply && apply.name().isEmpty()
            ? apply.op().id().name()
            : value.label());
  }

  private static String under(Value value) {
    String sizes = value.shape().dims().isEmpty() ? "a number" : value.shape().toString();
    return value instanceof Apply apply && apply.name().isPresent()
        ? Shortened.name(apply.op().id().name()) + " " + sizes
        : sizes;
  }

  private static double width(Value value) {
    return Math.max(title(value).length() * LETTER, under(value).length() * (LETTER - 0.7)) + 18;
  }

  Element svg() {
    List<Value> nodes = point.nodes();
    Map<Value, Integer> place = new HashMap<>();
    List<LayeredLayout.Room> rooms = new ArrayList<>();
    for (Value value : nodes) {
      place.put(value, rooms.size());
      rooms.add(new LayeredLayout.Room(width(value), HIGH));
    }
    List<LayeredLayout.Link> links = new ArrayList<>();
    List<Boolean> back = new ArrayList<>();
    for (Value value : nodes) {
      for (Value input : point.inputs(value)) {
        links.add(
            new LayeredLayout.Link(place.getOrDefault(input, -1), place.getOrDefault(value, -1)));
        back.add(point.gradients().containsKey(value) && point.gradients().containsKey(input));
      }
    }
    LayeredLayout layout = LayeredLayout.of(rooms, links, BETWEEN);
    List<Element> all = new ArrayList<>();
    for (int i = 0; i < links.size(); i++) {
      double apart = back.get(i) ? APART : 0;
      all.addAll(arrow(layout.links().get(i), -apart, false));
      if (back.get(i)) {
        all.addAll(arrow(layout.links().get(i).reversed(), apart, true));
      }
    }
    for (int i = 0; i < nodes.size(); i++) {
      all.add(node(nodes.get(i), layout.nodes().get(i), rooms.get(i)));
    }
    double width = layout.width() + 2 * EDGE;
    double height = layout.height() + 2 * EDGE;
    return Element.of("svg")
        .with("viewBox", "0 0 " + ShownNumber.pixels(width) + " " + ShownNumber.pixels(height))
        .with("width", width)
        .with("height", height)
        .with("role", "group")
        .with("aria-label", "The net as a graph, from inputs above to the loss below")
        .containing(all);
  }

  private static List<Element> arrow(List<LayeredLayout.Point> points, double aside, boolean back) {
    StringBuilder path = new StringBuilder();
    double head = back ? HEAD * 2 : -HEAD * 2;
    for (int i = 0; i < points.size(); i++) {
      double x = points.get(i).x() + EDGE + aside;
      double y = points.get(i).y() + EDGE + (i == points.size() - 1 ? head : 0);
      if (i == 0) {
        path.append('M').append(at(x, y));
      } else {
        double beforeX = points.get(i - 1).x() + EDGE + aside;
        double middle = (points.get(i - 1).y() + points.get(i).y()) / 2 + EDGE;
        path.append('C').append(at(beforeX, middle)).append(' ');
        path.append(at(x, middle)).append(' ').append(at(x, y));
      }
    }
    LayeredLayout.Point end = points.getLast();
    double x = end.x() + EDGE + aside;
    double y = end.y() + EDGE;
    String tip = "M%s L%s L%sZ".formatted(at(x, y), at(x - HEAD, y + head), at(x + HEAD, y + head));
    String more = back ? " back" : "";
    return List.of(
        Element.of("path").with("class", "edge" + more).with("d", path.toString()),
        Element.of("path").with("class", "arrow" + more).with("d", tip));
  }

  private static String at(double x, double y) {
    return ShownNumber.pixels(x) + " " + ShownNumber.pixels(y);
  }

  private static Element node(Value value, LayeredLayout.Point middle, LayeredLayout.Room room) {
    double x = middle.x() + EDGE;
    double y = middle.y() + EDGE;
    String kind =
        switch (value) {
          case Input input -> "input";
          case GraphParameter parameter -> "parameter";
          case Constant constant -> "constant";
          case Apply apply -> "computed";
        };
    Element box =
        Element.of("rect")
            .with("class", "box")
            .with("x", x - room.width() / 2)
            .with("y", y - room.height() / 2)
            .with("width", room.width())
            .with("height", room.height())
            .with("rx", value instanceof Apply ? "8" : "0");
    Element upper = text("strong middle", x, y - 4, title(value));
    Element lower = text("small faint middle", x, y + 13, under(value));
    return Element.of(
            "a",
            Element.of("g", box, upper, lower).with("class", "open").with("data-part", part(value)))
        .with("class", "node " + kind)
        .with("href", "#" + id(value))
        .with("data-shows", "node")
        .with("aria-label", name(value) + ", " + under(value));
  }

  private static Element text(String style, double x, double y, String text) {
    return Element.of("text", text).with("class", style).with("x", x).with("y", y);
  }
}
