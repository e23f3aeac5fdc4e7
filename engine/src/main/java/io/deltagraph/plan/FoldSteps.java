package io.deltagraph.plan;

import com.google.common.collect.ImmutableList;
import io.deltagraph.graph.Apply;
import io.deltagraph.graph.Lane;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The steps of a reduction. */
final class FoldSteps {
  private FoldSteps() {}

  /**
   * One fold; or a loop that makes the elements, and a fold of those. The latter is faster where an
   * input is repeated along some of the folded axes and not along others, such as one number per
   * row in a sum over all: the fold could not read vectors of elements from it. The elements need a
   * buffer, so there is a loop only if another input is as large anyway; the buffer takes the place
   * of that one if nothing else reads it.
   *
   * @param node the reduction
   * @param group what makes its elements
   * @param inputs what that reads, or the reduction does
   * @param elements a new place for the elements
   */
  static List<Step> of(
      Apply node,
      Optional<Unit.Group> group,
      FoldPrograms programs,
      List<Integer> axes,
      List<Operand> inputs,
      List<Operand> outputs,
      Supplier<Operand> elements) {
    LaneProgram same = LaneProgram.of(1, List.of(Lane.input(0, programs.element())));
    List<Apply> alone = ImmutableList.of(node);
    if (group.isEmpty()) {
      return ImmutableList.of(new Step.Fold(alone, programs, same, axes, inputs, outputs));
    }
    List<Apply> members = group.get().members();
    LaneProgram program = group.get().program();
    if (inputs.stream().anyMatch(input -> isRepeatedAlongSome(input, axes))
        && inputs.stream().anyMatch(Operand::isDense)) {
      List<Operand> made = ImmutableList.of(elements.get());
      return ImmutableList.of(
          new Step.Loop(members, program, inputs, made),
          new Step.Fold(alone, programs, same, axes, made, outputs));
    }
    List<Apply> all = ImmutableList.<Apply>builder().addAll(members).add(node).build();
    return ImmutableList.of(new Step.Fold(all, programs, program, axes, inputs, outputs));
  }

  private static boolean isRepeatedAlongSome(Operand input, List<Integer> axes) {
    long moving = axes.stream().filter(axis -> input.layout().strides().get(axis) != 0).count();
    long still =
        axes.stream()
            .filter(axis -> input.layout().strides().get(axis) == 0)
            .filter(axis -> input.type().shape().dim(axis).size() > 1)
            .count();
    return moving > 0 && still > 0;
  }
}
