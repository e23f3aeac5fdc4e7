package io.deltagraph.report.run;

import io.deltagraph.gradient.Gradient;
import io.deltagraph.graph.Apply;
import io.deltagraph.graph.Constant;
import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.GraphException;
import io.deltagraph.graph.OpLookup;
import io.deltagraph.graph.OpSignature;
import io.deltagraph.graph.Value;
import io.deltagraph.print.Printer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What one op does, by itself: its value from its inputs, and what it sends back to each of them
 * for the gradient {@code g} that arrives.
 *
 * @param forward the formula of its value
 * @param backward the formulas of what it sends back; empty where it sends nothing
 */
record LocalRule(String forward, String backward) {
  private static final String GRADIENT = "g";

  static LocalRule of(Apply apply, OpLookup ops) {
    GraphBuilder builder = GraphBuilder.withoutSites(ops);
    List<Value> inputs = new ArrayList<>();
    Map<String, Value> moved = new LinkedHashMap<>();
    OpSignature signature = apply.op().signature();
    for (int i = 0; i < apply.inputs().size(); i++) {
      Value input = apply.input(i);
      String name = signature.input(i).name();
      String unique = moved.containsKey(name) || builder.named(name).isPresent() ? name + i : name;
      Value mine =
          input instanceof Constant constant
              ? builder.constant(constant.tensor())
              : builder.input(unique, input.type());
      inputs.add(mine);
      if (mine.dtype().isFloat() && !(mine instanceof Constant)) {
        moved.put(unique, mine);
      }
    }
    Value result = builder.tuple(apply.op(), apply.attributes(), inputs).part(apply.index());
    String forward = formulas(Map.of("y", result));
    if (moved.isEmpty() || !result.dtype().isFloat()) {
      return new LocalRule(forward, "");
    }
    try {
      Value arriving = builder.input(GRADIENT, result.type());
      Gradient gradient = Gradient.pullback(result, arriving, List.copyOf(moved.values()));
      Map<String, Value> sent = new LinkedHashMap<>();
      moved.forEach((name, value) -> {
        if (gradient.reached(value)) {
          sent.put("to " + name, gradient.wrt(value));
        }
      });
      return new LocalRule(forward, sent.isEmpty() ? "" : formulas(sent));
    } catch (GraphException e) {
      return new LocalRule(forward, "It has none: " + e.getMessage());
    }
  }

  private static String formulas(Map<String, Value> results) {
    GraphBuilder builder = results.values().iterator().next().builder();
    return Printer.of(builder.graph(results))
        .text()
        .lines()
        .filter(line -> !line.startsWith("input "))
        .collect(Collectors.joining("\n"));
  }
}
