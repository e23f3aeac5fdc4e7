package io.deltagraph.runtime;

import com.google.common.collect.ImmutableList;
import io.deltagraph.graph.Apply;
import io.deltagraph.graph.Value;
import java.util.List;

/**
 * The first value of a run that is not finite although all that it was computed from is.
 *
 * @param value what was computed
 * @param element the row-major position of its first such element
 * @param number the element: infinite, or not a number
 * @param inputs between which numbers each input of the op lies; none of what was given
 */
public record NonFinite(Value value, int element, double number, List<Range> inputs) {
  public NonFinite {
    inputs = ImmutableList.copyOf(inputs);
  }

  /**
   * Where the numbers of an input lie.
   *
   * @param value the input, or the node itself where the plan has it in a form of its own
   * @param least the smallest number; positive infinity if it has none
   * @param most the largest number; negative infinity if it has none
   */
  public record Range(Value value, double least, double most) {}

  /** Which op made which number where. */
  @Override
  public String toString() {
    String place = "element " + element + " of " + value + " is " + number;
    return value instanceof Apply apply
        ? "%s, made by %s from finite inputs.\n  built   %s\n  op      %s  %s%s"
            .formatted(
                place,
                apply.op().id(),
                apply.site(),
                apply.op().id(),
                apply.builder().ops().provider(apply.op()),
                ranges())
        : place + ", as it was given.";
  }

  private String ranges() {
    StringBuilder text = new StringBuilder();
    for (Range range : inputs) {
      text.append("\n  input   ").append(range.value()).append("  from ");
      text.append(range.least()).append(" to ").append(range.most());
    }
    return text.toString();
  }
}
