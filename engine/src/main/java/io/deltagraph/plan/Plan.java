package io.deltagraph.plan;

import com.google.common.base.Strings;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.deltagraph.graph.Apply;
import io.deltagraph.graph.Value;
import io.deltagraph.type.TensorType;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How to run a graph for one size of every named dimension: which steps in which order, and where
 * every value lies. A run copies the inputs to their slots, takes the steps, reads the outputs, and
 * then takes the commits, which set parameters to their new values.
 *
 * @param sizes the sizes of the named dimensions
 * @param inputs the types of the inputs, by name
 * @param parameters where the parameters lie, by name
 * @param slots the buffers
 * @param steps what is computed, in order
 * @param outputs where the outputs lie after the steps
 * @param commits what sets the parameters after the outputs were read
 */
public record Plan(
    Map<String, Integer> sizes,
    Map<String, TensorType> inputs,
    Map<String, Operand> parameters,
    List<Slot> slots,
    List<Step> steps,
    Map<String, Operand> outputs,
    List<Step> commits) {
  public Plan {
    sizes = ImmutableMap.copyOf(sizes);
    inputs = ImmutableMap.copyOf(inputs);
    parameters = ImmutableMap.copyOf(parameters);
    slots = ImmutableList.copyOf(slots);
    steps = ImmutableList.copyOf(steps);
    outputs = ImmutableMap.copyOf(outputs);
    commits = ImmutableList.copyOf(commits);
  }

  /** The number of bytes of all buffers. */
  public long bytes() {
    return slots.stream().mapToLong(Slot::bytes).sum();
  }

  /** The number of bytes of the buffers for intermediate values. */
  public long scratchBytes() {
    return slots.stream()
        .filter(slot -> slot.role() instanceof Slot.Scratch)
        .mapToLong(Slot::bytes)
        .sum();
  }

  /** The steps, buffers and bytes as a table to read. */
  @Override
  public String toString() {
    StringBuilder text =
        new StringBuilder(
            "plan for %s: %d steps, %d buffers, %,d bytes of which %,d for intermediate values"
                .formatted(
                    sizes.isEmpty() ? "fixed sizes" : sizes,
                    steps.size(),
                    slots.size(),
                    bytes(),
                    scratchBytes()));
    for (int i = 0; i < slots.size(); i++) {
      Slot slot = slots.get(i);
      text.append("\n  #%-4d %s[%d]  %s".formatted(i, slot.dtype(), slot.length(), role(slot)));
    }
    for (Step step : steps) {
      text.append("\n  ").append(line(step));
    }
    outputs.forEach((name, at) -> text.append("\n  output    " + name + " = " + place(at)));
    for (Step commit : commits) {
      text.append("\n  then ").append(line(commit));
    }
    return text.toString();
  }

  private static String role(Slot slot) {
    return switch (slot.role()) {
      case Slot.OfInput input -> "input " + input.name();
      case Slot.OfParameter parameter -> "parameter " + parameter.name();
      case Slot.OfConstant constant -> "constant " + constant.tensor();
      case Slot.Scratch scratch -> "intermediate";
    };
  }

  private static String line(Step step) {
    return switch (step) {
      case Step.Loop loop -> line("loop", loop);
      case Step.Fold fold -> line("fold", fold);
      case Step.Rows rows ->
          rows.parts().stream()
              .map(Plan::line)
              .collect(Collectors.joining("\n    ", "row by row\n    ", ""));
      case Step.Product product -> line("product", product);
      case Step.Copy copy -> line("copy", copy);
      case Step.Call call -> line("call", call);
    };
  }

  private static String line(String kind, Step step) {
    return Strings.padEnd(kind, 10, ' ')
        + step.outputs().stream().map(Plan::place).collect(Collectors.joining(", "))
        + " = "
        + step.nodes().stream().map(Plan::name).collect(Collectors.joining(" "))
        + step.inputs().stream().map(Plan::place).collect(Collectors.joining(", ", "(", ")"))
        + "  "
        + step.node().label();
  }

  private static String name(Value node) {
    return node instanceof Apply apply ? apply.op().id().toString() : "copy";
  }

  private static String place(Operand operand) {
    String strides =
        operand.isDense() && operand.layout().offset() == 0
            ? ""
            : " at " + operand.layout().offset() + " by " + operand.layout().strides();
    return "#" + operand.slot() + " " + operand.type() + strides;
  }
}
