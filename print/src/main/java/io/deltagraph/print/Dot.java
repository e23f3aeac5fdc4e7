package io.deltagraph.print;

import io.deltagraph.graph.Apply;
import io.deltagraph.graph.Constant;
import io.deltagraph.graph.GraphParameter;
import io.deltagraph.graph.Input;
import io.deltagraph.graph.Value;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Draws a graph in the DOT language. */
final class Dot {
  private static final int ATTRIBUTE = 40;

  private final List<Value> nodes;
  private final Map<String, Value> outputs;
  private final Map<GraphParameter, Value> updates;
  private final StringBuilder text = new StringBuilder();

  Dot(List<Value> nodes, Map<String, Value> outputs, Map<GraphParameter, Value> updates) {
    this.nodes = nodes;
    this.outputs = outputs;
    this.updates = updates;
  }

  String draw(Function<Value, String> group) {
    text.append(
        """
        digraph graph_of_values {
          rankdir=TB;
          fontname="Helvetica";
          node [fontname="Helvetica", fontsize=11, style=filled, fillcolor=white];
          edge [fontname="Helvetica", fontsize=9, color=gray40];
        """);
    Map<String, StringBuilder> groups = new LinkedHashMap<>();
    Set<Integer> drawn = new HashSet<>();
    List<Value> boxes = nodes.stream().filter(value -> drawn.add(box(value))).toList();
    boxes.forEach(value ->
        groups
            .computeIfAbsent(group.apply(value), name -> new StringBuilder())
            .append(node(value)));
    int number = 0;
    for (Map.Entry<String, StringBuilder> entry : groups.entrySet()) {
      if (entry.getKey().isEmpty()) {
        text.append(entry.getValue());
      } else {
        text.append(
                "  subgraph cluster_" + number++ + " {\n  label=" + quoted(entry.getKey()) + ";\n")
            .append(entry.getValue())
            .append("  }\n");
      }
    }
    boxes.forEach(this::edges);
    results();
    return text.append("}\n").toString();
  }

  /** The number of the box that a value is in: one for all outputs of a node. */
  private static int box(Value value) {
    return value instanceof Apply apply ? apply.tuple().parts().getFirst().id() : value.id();
  }

  /** Where an edge begins that leaves a value, and which of a node's outputs that is. */
  private static String tail(Value value) {
    return value instanceof Apply apply && apply.tuple().parts().size() > 1
        ? "taillabel=" + quoted(output(apply))
        : "";
  }

  private static String output(Apply part) {
    return part.op().signature().outputs().get(part.index());
  }

  private static String node(Value value) {
    return "  n" + box(value) + " [label=\"" + label(value) + "\", " + look(value) + "];\n";
  }

  private static String look(Value value) {
    return switch (value) {
      case Input input -> "shape=ellipse, fillcolor=lightblue";
      case GraphParameter parameter -> "shape=box, style=\"filled,bold\", fillcolor=palegreen";
      case Constant constant -> "shape=plaintext, fillcolor=gray92";
      case Apply apply -> "shape=box, style=\"filled,rounded\"";
    };
  }

  /** Lines within a label are parted by the two characters that DOT reads as a line end. */
  private static String label(Value value) {
    StringJoiner lines = new StringJoiner("\\n");
    switch (value) {
      case Input input -> lines.add(Escapes.dot(input.label()));
      case GraphParameter parameter -> lines.add(Escapes.dot(parameter.label()));
      case Constant constant -> {
        constant.name().ifPresent(name -> lines.add(Escapes.dot(name)));
        if (constant.tensor().length() == 1) {
          lines.add(Escapes.dot(NumberText.text(constant.tensor(), 0)));
        }
      }
      case Apply apply when apply.tuple().parts().size() > 1 -> {
        lines.add(Escapes.dot(apply.op().id().name()));
        settings(apply, lines);
        for (Apply part : apply.tuple().parts()) {
          String name = part.name().map(given -> given + " = ").orElse("");
          lines.add(Escapes.dot(name + output(part) + ": " + part.type()));
        }
        return lines.toString();
      }
      case Apply apply -> {
        lines.add(
            apply.name().map(name -> Escapes.dot(name) + " = ").orElse("")
                + Escapes.dot(apply.op().id().name()));
        settings(apply, lines);
      }
    }
    return lines.add(Escapes.dot(value.type().toString())).toString();
  }

  private static void settings(Apply apply, StringJoiner lines) {
    Formulas.unusual(apply).forEach((name, data) -> lines.add(Escapes.dot(setting(name, data))));
  }

  private static String setting(String name, Object data) {
    String value = Style.TEXT.attribute(data);
    return name
        + " = "
        + (value.length() > ATTRIBUTE ? value.substring(0, ATTRIBUTE) + "..." : value);
  }

  private void edges(Value value) {
    if (value instanceof Apply apply) {
      for (int i = 0; i < apply.inputs().size(); i++) {
        String head =
            apply.inputs().size() > 1
                ? "label=" + quoted(apply.op().signature().input(i).name())
                : "";
        text.append("  n" + box(apply.input(i)) + " -> n" + box(apply))
            .append(attributes(head, tail(apply.input(i))))
            .append(";\n");
      }
    }
  }

  private static String attributes(String... each) {
    String all =
        Arrays.stream(each).filter(one -> !one.isEmpty()).collect(Collectors.joining(", "));
    return all.isEmpty() ? "" : " [" + all + "]";
  }

  private void results() {
    int number = 0;
    for (Map.Entry<String, Value> output : outputs.entrySet()) {
      text.append(
              "  o"
                  + number
                  + " [shape=plaintext, style=\"\", label="
                  + quoted(output.getKey())
                  + "];\n")
          .append("  n" + box(output.getValue()) + " -> o" + number++)
          .append(attributes("style=bold", tail(output.getValue())))
          .append(";\n");
    }
    updates.forEach((parameter, value) ->
        text.append(
            "  n"
                + box(value)
                + " -> n"
                + parameter.id()
                + attributes("style=dashed, constraint=false, label=\"update\"", tail(value))
                + ";\n"));
  }

  private static String quoted(String label) {
    return "\"" + Escapes.dot(label) + "\"";
  }
}
