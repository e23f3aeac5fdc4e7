package io.deltagraph.report.lecture;

import io.deltagraph.activations.Relu;
import io.deltagraph.activations.Sigmoid;
import io.deltagraph.activations.Tanh;
import io.deltagraph.random.RandomStream;
import io.deltagraph.random.Seeds;
import io.deltagraph.report.drawing.Axis;
import io.deltagraph.report.page.Content;
import io.deltagraph.report.page.Element;
import io.deltagraph.report.page.Page;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * A net of two inputs that learns in the reader's browser: a script on the page computes it, and a
 * test holds that script to the engine.
 */
final class PlaygroundPage {
  private static final int POINTS = 60;
  private static final int MOST_STEPS = 1_000;
  private static final double END = 3;
  private static final double LEAST_LOSS = 0.001;
  private static final double MOST_LOSS = 10;

  private PlaygroundPage() {}

  static Page page() {
    Map<String, Points> sets = sets();
    Panel plane =
        new Panel(
            "plane",
            "The points, and where the net says 1",
            "Points of two classes, and the part of the plane where the net says 1.",
            Axis.between("x₁", -END, END),
            Axis.between("x₂", -END, END));
    plane.add(Element.of("path").with("class", "area2").with("id", "play-area").with("d", "M0 0"));
    Map<String, Object> numbers = new LinkedHashMap<>();
    sets.forEach((name, points) -> {
      plane.mark(
          Element.of("g")
              .with("id", "play-points-" + name)
              .with("class", "away")
              .containing(points.marks(plane)));
      numbers.put(
          name,
          Map.of(
              "rows", points.all().stream().map(each -> List.of(each.x(), each.y())).toList(),
              "targets", points.all().stream().map(Points.Point::kind).toList()));
    });
    plane.under(Points.key("of class 0", "of class 1"));
    Panel loss =
        new Panel(
            "losses",
            "Loss so far",
            "The loss against the number of steps.",
            Axis.between("steps", 0, MOST_STEPS),
            Axis.powers("loss", LEAST_LOSS, MOST_LOSS));
    loss.add(Panel.curve("", "s1").with("id", "play-line"));
    return Page.titled("Playground: a small net of your own")
        .lead(
            Element.of(
                "p",
                "Here you choose the points, the net and how it learns, and each step is computed in"
                    + " this page. See which points need a hidden layer, which rate is too large, and"
                    + " how a penalty keeps weights small; under every weight stands its gradient."),
            Formula.of("a^{(l)} = φ(W^{(l)} a^{(l−1)} + b^{(l)})"),
            Formula.of("c = −1/m Σ [t ln a + (1 − t) ln(1 − a)]"),
            Formula.of("  + λ/(2m) Σ w^2"),
            Formula.of("w ← w − η ∂c/∂w"))
        .section(
            "play",
            "Play",
            settings(),
            Element.of("div", plane.element(), loss.element(), state()).with("class", "grid"))
        .section(
            "numbers",
            "Weights and gradients",
            Element.of(
                "p",
                "Each number of the net, and below it the derivative of the cost by it: the next step"
                    + " goes against it."),
            Element.of("div").with("id", "play-numbers"))
        .number("sets", numbers)
        .number("mostSteps", MOST_STEPS)
        .number("plane", frame(plane, -END, END, false))
        .number("curve", frame(loss, LEAST_LOSS, MOST_LOSS, true))
        .script(script());
  }

  /** The pixels of the ends of the axes, and the numbers of the one upwards. */
  private static Map<String, Double> frame(
      Panel panel, double low, double high, boolean logarithmic) {
    return Map.of(
        "left", panel.x(logarithmic ? 0 : low),
        "right", panel.x(logarithmic ? MOST_STEPS : high),
        "bottom", panel.y(low),
        "top", panel.y(high),
        "low", logarithmic ? Math.log10(low) : low,
        "high", logarithmic ? Math.log10(high) : high);
  }

  private static Element settings() {
    return Element.of(
            "div",
            choice("data", "Points", "clouds", "clouds", "corners", "ring", "spirals"),
            choice("depth", "Hidden layers", "1", "0", "1", "2", "3"),
            choice("width", "Neurons in each", "4", "1", "2", "3", "4", "6", "8"),
            choice(
                "activation",
                "Activation φ",
                Tanh.ID.name(),
                Tanh.ID.name(),
                Relu.ID.name(),
                Sigmoid.ID.name()),
            choice("rate", "Rate η", "0.3", "0.01", "0.03", "0.1", "0.3", "1", "3", "10"),
            choice("penalty", "Penalty λ", "0", "0", "0.01", "0.1", "1", "10"),
            button("train", "Train"),
            button("step", "Step"),
            button("again", "New weights"))
        .with("class", "controls")
        .with("role", "group")
        .with("aria-label", "Settings");
  }

  private static Element choice(String id, String label, String usual, String... values) {
    List<Content> options = new ArrayList<>();
    for (String value : values) {
      Element option = Element.of("option", value).with("value", value);
      options.add(value.equals(usual) ? option.with("selected", "") : option);
    }
    return Element.of(
        "label",
        Content.text(label + " "),
        Element.of("select").with("id", "play-" + id).containing(options));
  }

  private static Element button(String id, String text) {
    return Element.of("button", text).with("type", "button").with("id", "play-" + id);
  }

  private static Element state() {
    Element list = Element.of("dl").with("class", "facts");
    for (String[] fact :
        new String[][] {
          {"Steps", "state"}, {"Loss", "loss"}, {"Points on the wrong side", "wrong"}
        }) {
      list =
          list.containing(
              Element.of("dt", fact[0]), Element.of("dd").with("id", "play-" + fact[1]));
    }
    return Element.of("div", Element.of("h3", "In numbers"), list);
  }

  /** The points that can be chosen, by name. */
  static Map<String, Points> sets() {
    Map<String, Points> sets = new LinkedHashMap<>();
    sets.put(
        "clouds",
        Points.clouds(
            Seeds.of(1).derive("clouds").stream(),
            new int[] {POINTS / 2, POINTS / 2},
            new double[] {-1, -0.8},
            new double[] {1, 0.8},
            0.8));
    sets.put(
        "corners",
        drawn(
            "corners",
            (random, kind) -> {
              double x = random.nextDouble(0.25, 2.4);
              double y = random.nextDouble(0.25, 2.4);
              int side = random.nextInt(2) == 0 ? 1 : -1;
              return new double[] {side * x, (kind == 0 ? side : -side) * y};
            }));
    sets.put(
        "ring",
        drawn(
            "ring",
            (random, kind) -> {
              double angle = random.nextDouble(0, 2 * Math.PI);
              double radius = kind == 0 ? random.nextDouble(0, 1) : random.nextDouble(1.6, 2.5);
              return new double[] {radius * Math.cos(angle), radius * Math.sin(angle)};
            }));
    sets.put(
        "spirals",
        drawn(
            "spirals",
            (random, kind) -> {
              double way = random.nextDouble(0.1, 1);
              double angle = 1.5 * Math.PI * way + (kind == 0 ? 0 : Math.PI);
              double radius = 2.5 * way + 0.08 * random.nextGaussian();
              return new double[] {radius * Math.cos(angle), radius * Math.sin(angle)};
            }));
    return sets;
  }

  private static Points drawn(String name, BiFunction<RandomStream, Integer, double[]> point) {
    RandomStream random = Seeds.of(1).derive(name).stream();
    List<Points.Point> points = new ArrayList<>();
    for (int i = 0; i < POINTS; i++) {
      double[] at = point.apply(random, i % 2);
      points.add(new Points.Point(at[0], at[1], i % 2));
    }
    return new Points(points);
  }

  private static String script() {
    try (InputStream in = PlaygroundPage.class.getResourceAsStream("playground.js")) {
      if (in == null) {
        throw new IllegalStateException("There is no playground.js beside this class.");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
