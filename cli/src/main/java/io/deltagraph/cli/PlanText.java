package io.deltagraph.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableList;
import io.deltagraph.graph.Apply;
import io.deltagraph.graph.Value;
import io.deltagraph.plan.Operand;
import io.deltagraph.plan.Plan;
import io.deltagraph.plan.Slot;
import io.deltagraph.plan.Step;
import io.deltagraph.print.TextTable;
import io.deltagraph.workloads.PlanCost;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A plan as text and as JSON. */
record PlanText(Plan plan) {

  /** Steps, then buffers, then sums. */
  String text() {
    ImmutableList<Step> steps = PlanCost.steps(plan).collect(ImmutableList.toImmutableList());
    TextTable table =
        TextTable.of("step", "kind", "what", "fills", "reads", "instructions", "FLOPs");
    for (int i = 0; i < steps.size(); i++) {
      String number = Integer.toString(i + 1);
      if (steps.get(i) instanceof Step.Rows rows) {
        String what =
            "%d steps on all %,d rows, some rows at a time"
                .formatted(rows.parts().size(), rows.rows());
        table.row(number, kind(rows), what, "", "", "", "");
        for (int part = 0; part < rows.parts().size(); part++) {
          row(table, number + "." + (part + 1), rows.parts().get(part));
        }
      } else {
        row(table, number, steps.get(i));
      }
    }
    TextTable buffers = TextTable.of("buffer", "elements", "bytes", "holds");
    for (int i = 0; i < plan.slots().size(); i++) {
      Slot slot = plan.slots().get(i);
      buffers.row(
          "#" + i,
          slot.dtype().text() + "[" + slot.length() + "]",
          "%,d".formatted(slot.bytes()),
          role(slot));
    }
    return table.leftAligned() + "\n" + buffers.leftAligned() + "\n" + summary(steps);
  }

  private static void row(TextTable table, String number, Step step) {
    long flops = PlanCost.productFlops(step);
    table.row(
        number,
        kind(step),
        what(step),
        places(step.outputs()),
        places(step.inputs()),
        Integer.toString(instructions(step)),
        flops == 0 ? "" : "%,d".formatted(flops));
  }

  private String summary(List<Step> steps) {
    long fused = steps.stream().filter(step -> step.nodes().size() > 1).count();
    return "%s: %d steps, %d of them fused of several ops, %d after the outputs are read.\n"
            .formatted(
                plan.sizes().isEmpty() ? "fixed sizes" : sizes(),
                steps.size(),
                fused,
                plan.commits().size())
        + "%d buffers, %,d bytes, of which %,d for intermediate values; %,d FLOPs in products."
            .formatted(
                plan.slots().size(),
                plan.bytes(),
                plan.scratchBytes(),
                PlanCost.productFlops(plan));
  }

  private String sizes() {
    return plan.sizes().entrySet().stream()
        .map(size -> size.getKey() + " = " + size.getValue())
        .collect(Collectors.joining(", "));
  }

  /** The plan's parts with all places and costs. */
  ObjectNode json() {
    ObjectNode json = Json.object();
    ObjectNode sizes = json.putObject("sizes");
    plan.sizes().forEach(sizes::put);
    ArrayNode steps = json.putArray("steps");
    plan.steps().forEach(step -> steps.add(json(step, false)));
    plan.commits().forEach(step -> steps.add(json(step, true)));
    ArrayNode buffers = json.putArray("buffers");
    for (Slot slot : plan.slots()) {
      ObjectNode buffer = buffers.addObject();
      buffer.put("dtype", slot.dtype().text()).put("elements", slot.length());
      buffer.put("bytes", slot.bytes()).put("holds", role(slot));
    }
    json.put("bytes", plan.bytes()).put("scratchBytes", plan.scratchBytes());
    json.put("productFlops", PlanCost.productFlops(plan));
    return json;
  }

  private static ObjectNode json(Step step, boolean commit) {
    ObjectNode json = Json.object();
    json.put("kind", kind(step)).put("what", what(step)).put("commit", commit);
    ArrayNode ops = json.putArray("ops");
    step.nodes().forEach(node -> ops.add(op(node)));
    ArrayNode fills = json.putArray("fills");
    step.outputs().forEach(operand -> fills.add(operand.slot()));
    ArrayNode reads = json.putArray("reads");
    step.inputs().forEach(operand -> reads.add(operand.slot()));
    json.put("instructions", instructions(step));
    json.put("productFlops", PlanCost.productFlops(step));
    if (step instanceof Step.Rows rows) {
      ArrayNode parts = json.putArray("parts");
      rows.parts().forEach(part -> parts.add(json(part, commit)));
    }
    return json;
  }

  static String kind(Step step) {
    return switch (step) {
      case Step.Loop loop -> "loop";
      case Step.Fold fold -> "fold";
      case Step.Rows rows -> "rows";
      case Step.Product product -> "product";
      case Step.Copy copy -> "copy";
      case Step.Call call -> "call";
    };
  }

  /** How many pointwise instructions each element takes, before a fold and after a product. */
  private static int instructions(Step step) {
    return switch (step) {
      case Step.Loop loop -> loop.program().code().size();
      case Step.Fold fold -> fold.element().isCopy() ? 0 : fold.element().code().size();
      case Step.Rows rows -> rows.parts().stream().mapToInt(PlanText::instructions).sum();
      case Step.Product product -> product.isPlain() ? 0 : product.finish().code().size();
      case Step.Copy copy -> 0;
      case Step.Call call -> 0;
    };
  }

  /** The ops that the step does at once, and the name of what comes out. */
  static String what(Step step) {
    if (step instanceof Step.Rows rows) {
      return rows.parts().stream().map(PlanText::what).collect(Collectors.joining(", "));
    }
    String ops = step.nodes().stream().map(PlanText::op).collect(Collectors.joining(" "));
    return step.node().name().map(name -> name + " = " + ops).orElse(ops);
  }

  private static String op(Value node) {
    return node instanceof Apply apply ? apply.op().id().toString() : "copy";
  }

  private static String places(List<Operand> operands) {
    List<String> places = new ArrayList<>();
    for (Operand operand : operands) {
      places.add("#" + operand.slot() + " " + operand.type());
    }
    return String.join(", ", places);
  }

  private static String role(Slot slot) {
    return switch (slot.role()) {
      case Slot.OfInput input -> "input " + input.name();
      case Slot.OfParameter parameter -> "parameter " + parameter.name();
      case Slot.OfConstant constant -> "constant";
      case Slot.Scratch scratch -> "intermediate values";
    };
  }
}
