package io.deltagraph.runtime;

import io.deltagraph.backend.Backend;
import io.deltagraph.backend.Strided;
import io.deltagraph.graph.Value;
import io.deltagraph.plan.Operand;
import io.deltagraph.plan.Step;
import java.util.Optional;

/** Looks for numbers that are not finite in the buffers of a plan. */
final class FiniteCheck {
  private final Backend.Memory memory;
  private final double[] block = new double[512];

  FiniteCheck(Backend.Memory memory) {
    this.memory = memory;
  }

  /** What is wrong with the output of a step that was just taken, if its inputs are finite. */
  Optional<NonFinite> after(Step step) {
    Operand output = step.outputs().get(0);
    int element = first(output);
    if (element < 0 || step.inputs().stream().anyMatch(input -> first(input) >= 0)) {
      return Optional.empty();
    }
    return Optional.of(found(step.node(), output, element));
  }

  /** What is wrong with a value that was given. */
  Optional<NonFinite> given(Value value, Operand place) {
    int element = first(place);
    return element < 0 ? Optional.empty() : Optional.of(found(value, place, element));
  }

  private NonFinite found(Value value, Operand place, int element) {
    int at = Strided.of(place).at(element);
    return new NonFinite(value, element, memory.of(place).get(at));
  }

  private int first(Operand operand) {
    Strided layout = Strided.of(operand);
    for (int start = 0; start < operand.elements(); start += block.length) {
      int count = Math.min(block.length, operand.elements() - start);
      layout.load(memory.of(operand), 0, start, count, block, 0);
      for (int i = 0; i < count; i++) {
        if (!Double.isFinite(block[i])) {
          return start + i;
        }
      }
    }
    return -1;
  }
}
