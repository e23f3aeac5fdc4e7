package io.deltagraph.print;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.deltagraph.graph.Constant;
import io.deltagraph.graph.Graph;
import io.deltagraph.graph.GraphParameter;
import io.deltagraph.graph.Input;
import io.deltagraph.graph.Reachable;
import io.deltagraph.graph.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Prints a graph, or some values and what they are computed from, as text, as LaTeX or as a drawing
 * in DOT. Values keep the names that they were given; shared values without one are {@code %7}.
 */
public final class Printer {
  /** Glyphs that a line has left for a name and a type, if its formula is as long as may be. */
  private static final int TYPED = 2;

  private final List<Value> nodes;
  private final Map<String, Value> outputs;
  private final Map<GraphParameter, Value> updates;

  private Printer(
      List<Value> nodes, Map<String, Value> outputs, Map<GraphParameter, Value> updates) {
    this.nodes = nodes;
    this.outputs = outputs;
    this.updates = updates;
  }

  /** Prints a whole graph. */
  public static Printer of(Graph graph) {
    return new Printer(graph.nodes(), graph.outputs(), graph.updates());
  }

  /** Prints values and what they are computed from. */
  public static Printer of(Iterable<? extends Value> values) {
    Map<String, Value> outputs = new LinkedHashMap<>();
    values.forEach(value -> outputs.putIfAbsent(value.label(), value));
    return new Printer(Reachable.from(values), ImmutableMap.copyOf(outputs), ImmutableMap.of());
  }

  private Set<Value> roots() {
    return ImmutableSet.<Value>builder().addAll(outputs.values()).addAll(updates.values()).build();
  }

  /**
   * One line per input, parameter and formula, each with its type, then the outputs and updates;
   * every line ends with a line feed.
   */
  public String text() {
    StringBuilder text = new StringBuilder();
    declare(text, "input ", Input.class);
    declare(text, "parameter ", GraphParameter.class);
    for (Formulas.Line line : Formulas.of(nodes, roots(), Style.TEXT)) {
      String values = line.values().stream().map(Printer::typed).collect(Collectors.joining(", "));
      text.append(values).append(" = ").append(line.formula()).append('\n');
    }
    outputs.forEach((name, value) ->
        text.append("output ")
            .append(Escapes.text(name))
            .append(name.equals(value.label()) ? "" : " = " + reference(value, Style.TEXT))
            .append('\n'));
    updates.forEach((parameter, value) ->
        text.append("update ")
            .append(Style.TEXT.label(parameter))
            .append(" <- ")
            .append(reference(value, Style.TEXT))
            .append('\n'));
    return text.toString();
  }

  private void declare(StringBuilder text, String head, Class<? extends Value> kind) {
    nodes.stream()
        .filter(kind::isInstance)
        .forEach(value -> text.append(head).append(typed(value)).append('\n'));
  }

  private static String typed(Value value) {
    return Style.TEXT.label(value) + ": " + value.type();
  }

  /** What stands for an output: a scalar constant has no line of its own. */
  private static String reference(Value value, Style style) {
    return value instanceof Constant constant
            && constant.tensor().length() == 1
            && constant.name().isEmpty()
        ? style.constant(NumberText.text(constant.tensor(), 0))
        : style.label(value);
  }

  /**
   * Formulas for a LaTeX document (amsmath, amssymb), as displays that may break over pages: inputs
   * and parameters with their spaces, then one row per formula, then outputs and updates.
   */
  public String latex() {
    List<String> rows = new ArrayList<>();
    for (Value value : nodes) {
      if (value instanceof Input || value instanceof GraphParameter) {
        rows.add(Style.LATEX.label(value) + " &\\in " + Style.LATEX.type(value.type()));
      }
    }
    StringBuilder text = new StringBuilder("{\\allowdisplaybreaks\n").append(display(rows));
    rows.clear();
    for (Formulas.Line line : Formulas.of(nodes, roots(), Style.LATEX)) {
      String names = Style.LATEX.tuple(line.values().stream().map(Style.LATEX::label).toList());
      String type =
          " \\quad\\in "
              + line.values().stream()
                  .map(value -> Style.LATEX.type(value.type()))
                  .collect(Collectors.joining(" \\times "));
      boolean fits =
          Style.LATEX.length(names + line.formula() + type) <= Style.LATEX.line() + TYPED;
      rows.add(names + " &= " + line.formula() + (fits ? type : ""));
    }
    text.append(display(rows));
    rows.clear();
    outputs.forEach((name, value) -> {
      if (!name.equals(value.label())) {
        rows.add(Style.LATEX.name(name) + " &= " + reference(value, Style.LATEX));
      }
    });
    updates.forEach((parameter, value) ->
        rows.add(Style.LATEX.label(parameter) + " &\\leftarrow " + reference(value, Style.LATEX)));
    return text.append(display(rows)).append("}\n").toString();
  }

  private static String display(List<String> rows) {
    return rows.isEmpty()
        ? ""
        : "\\begin{align*}\n" + String.join(" \\\\\n", rows) + "\n\\end{align*}\n";
  }

  /** A drawing for graphviz, edges pointing from an input to its use. */
  public String dot() {
    return dot(value -> "");
  }

  /**
   * A drawing for graphviz in which values of one group are framed together.
   *
   * @param group the title of a value's frame, empty for none
   */
  public String dot(Function<Value, String> group) {
    return new Dot(nodes, outputs, updates).draw(group);
  }
}
