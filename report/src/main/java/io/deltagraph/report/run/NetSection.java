package io.deltagraph.report.run;

import io.deltagraph.derivations.explain.Line;
import io.deltagraph.derivations.explain.TextbookDerivation;
import io.deltagraph.experiments.RunDetails;
import io.deltagraph.graph.Apply;
import io.deltagraph.graph.Constant;
import io.deltagraph.graph.GraphException;
import io.deltagraph.graph.GraphParameter;
import io.deltagraph.graph.Input;
import io.deltagraph.graph.OpLookup;
import io.deltagraph.graph.Value;
import io.deltagraph.report.page.Content;
import io.deltagraph.report.page.DataTable;
import io.deltagraph.report.page.Element;
import io.deltagraph.report.page.MathFormula;
import io.deltagraph.report.page.Page;
import io.deltagraph.report.page.Player;
import io.deltagraph.report.page.ShownNumber;
import io.deltagraph.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The net as a drawing, its backward pass step by step, and each node's formulas and numbers. */
final class NetSection {
  private static final int MOST_NODES = 120;
  private static final int SHOWN = 6;
  private static final int PAUSE = 900;
  private static final String ID = "backward-pass";

  private final NetPoint point;
  private final OpLookup ops;
  private final Map<Value, Line> forward = new HashMap<>();
  private final Map<Value, Line> backward = new HashMap<>();

  private NetSection(NetPoint point, OpLookup ops) {
    this.point = point;
    this.ops = ops;
    if (point.network().plan().isPlain()) {
      try {
        for (Line line : TextbookDerivation.of(point.network()).lines()) {
          boolean ahead =
              switch (line.kind()) {
                case FORWARD, COST -> true;
                case DELTA, GRADIENT -> false;
              };
          (ahead ? forward : backward).putIfAbsent(line.of(), line);
        }
      } catch (GraphException e) {
        forward.clear(); // an op without a rule: the drawing shows what each op does by itself
      }
    }
  }

  static Page add(Page page, RunDetails details, OpLookup ops) {
    NetPoint point = NetPoint.of(details, ops);
    if (point.nodes().size() > MOST_NODES) {
      return page.section(
          "net",
          "The net",
          Element.of(
              "p", "It has %d values, too many for a drawing.".formatted(point.nodes().size())));
    }
    return new NetSection(point, ops).section(page, details);
  }

  private Page section(Page page, RunDetails details) {
    Player player = player();
    Element figure =
        player.figure(
            DataTable.scrolling("The net as a graph", new NetDrawing(point).svg()),
            Element.of("p", "").with("data-part", "said").with("aria-live", "polite"),
            Element.of("p", "").with("data-part", "numbers").with("class", "note"));
    Element panel = Element.of("div").with("class", "panel").with("data-panel", "nodes");
    panel =
        panel.containing(
            Element.of(
                    "section",
                    Element.of("h3", "A node of your choice"),
                    Element.of(
                        "p",
                        "Choose a node in the drawing for its formula, its local derivative and its"
                            + " numbers, by a click or by Tab and Enter."))
                .with("id", "node"));
    for (Value value : point.nodes()) {
      panel = panel.containing(details(value));
    }
    return page.playing(player)
        .section(
            "net",
            "The net, forward and backward",
            Element.of(
                "p",
                "Each box is a value. Grey arrows go forward, to the loss; dashed ones go back, with"
                    + " the gradient. Numbers are those of the first check: at random weights, on %d"
                        .formatted(details.check().samples().count())
                    + " rows. Play the backward pass, or step through it."),
            Element.of("div", figure, panel).with("class", "beside"));
  }

  private Player player() {
    List<Value> order = point.backwardOrder();
    int frames = order.size() + 1;
    List<String> said = new ArrayList<>();
    List<String> numbers = new ArrayList<>();
    said.add("The forward pass is done: the loss is " + ShownNumber.text(item(point.loss())) + ".");
    numbers.add("Next the gradient goes back, value by value, from the loss on.");
    for (Value value : order) {
      said.add(NetDrawing.name(value) + ": " + rule(value));
      numbers.add("gradient " + summary(point.gradients().get(value)));
    }
    Player player =
        Player.of(ID, "The backward pass, step by step", frames)
            .pausing(PAUSE)
            .saying("said", said)
            .saying("numbers", numbers);
    for (int i = 0; i < order.size(); i++) {
      List<String> classes = new ArrayList<>();
      for (int frame = 0; frame < frames; frame++) {
        classes.add(frame == i + 1 ? "now" : frame > i + 1 ? "done" : "open");
      }
      player = player.changing(NetDrawing.part(order.get(i)), "class", classes);
    }
    return player;
  }

  private double item(Value value) {
    return Objects.requireNonNull(point.values().get(value)).get(0);
  }

  private String rule(Value value) {
    Line line = backward.get(value);
    if (line != null) {
      return new TextbookDerivation(List.of(line)).text(false).strip();
    }
    if (value == point.loss()) {
      return "the gradient of the loss by itself is 1";
    }
    List<String> uses =
        point.nodes().stream()
            .filter(
                node -> point.inputs(node).contains(value) && point.gradients().containsKey(node))
            .map(NetDrawing::name)
            .toList();
    return "what comes back through " + String.join(" and ", uses);
  }

  private Element details(Value value) {
    Element facts = Element.of("dl").with("class", "facts");
    facts = fact(facts, "shape", Content.text(value.type().toString()));
    switch (value) {
      case Apply apply -> {
        facts = fact(facts, "op", Content.text(apply.op().id().name()));
        facts = fact(facts, "provider", Content.text(ops.provider(apply.op())));
        LocalRule rule = LocalRule.of(apply, ops);
        facts = fact(facts, "formula", formula(forward.get(value), rule.forward()));
        if (!rule.backward().isEmpty()) {
          facts = fact(facts, "local derivative", code(rule.backward()));
        }
      }
      case Input input -> facts = fact(facts, "kind", Content.text("an input"));
      case GraphParameter parameter ->
          facts = fact(facts, "kind", Content.text("a parameter, set by training"));
      case Constant constant -> facts = fact(facts, "kind", Content.text("a constant"));
    }
    facts = fact(facts, "numbers", Content.text(summary(point.values().get(value))));
    Tensor gradient = point.gradients().get(value);
    if (gradient == null) {
      facts = fact(facts, "gradient", Content.text("none: the loss has no slope by it"));
    } else {
      Line line = backward.get(value);
      if (line != null) {
        facts = fact(facts, "its gradient", formula(line, ""));
        facts = fact(facts, "how it comes about", code(steps(line)));
      }
      facts = fact(facts, "gradient's numbers", Content.text(summary(gradient)));
    }
    return Element.of("section", Element.of("h3", NetDrawing.name(value)), facts)
        .with("id", NetDrawing.id(value))
        .with("tabindex", "-1")
        .with("aria-label", "Node " + NetDrawing.name(value));
  }

  private static String steps(Line line) {
    return new TextbookDerivation(List.of(line)).text(true).strip();
  }

  private static Content formula(@Nullable Line line, String plain) {
    return line == null
        ? code(plain)
        : DataTable.scrolling(
            "Formula",
            Element.of(
                "div", new MathFormula(new TextbookDerivation(List.of(line)).mathml(false))));
  }

  private static Element code(String text) {
    return Element.of("pre", Element.of("code", text.strip()));
  }

  private static Element fact(Element list, String name, Content what) {
    return list.containing(Element.of("dt", name), Element.of("dd", what));
  }

  private static String summary(@Nullable Tensor tensor) {
    if (tensor == null) {
      return "";
    }
    double sum = 0;
    double squares = 0;
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    StringBuilder first = new StringBuilder();
    for (int i = 0; i < tensor.length(); i++) {
      double entry = tensor.get(i);
      sum += entry;
      squares += entry * entry;
      least = Math.min(least, entry);
      most = Math.max(most, entry);
      if (i < SHOWN) {
        first.append(i == 0 ? "" : ", ").append(ShownNumber.text(entry));
      }
    }
    if (tensor.length() == 1) {
      return first.toString();
    }
    return "from %s to %s, mean %s, length %s; first %s%s"
        .formatted(
            ShownNumber.text(least),
            ShownNumber.text(most),
            ShownNumber.text(sum / tensor.length()),
            ShownNumber.text(Math.sqrt(squares)),
            first,
            tensor.length() > SHOWN ? ", …" : "");
  }
}
