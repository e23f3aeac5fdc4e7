package io.deltagraph.simd;

import io.deltagraph.plan.FoldPrograms;
import io.deltagraph.plan.LaneProgram;
import io.deltagraph.plan.Operand;
import io.deltagraph.plan.Step;
import io.deltagraph.plan.SummationTree;
import io.deltagraph.type.DType;
import java.lang.classfile.CodeBuilder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * A fold of one block of elements a result, in the order of the summation tree.
 *
 * @param dtype the float type
 * @param programs what is folded
 * @param element what makes an element of the inputs
 * @param results the number of results
 * @param count the number of elements of each
 * @param inputs how each input is walked
 * @param across whether a lane is a result; else it is an accumulator
 */
record Fold(
    DType dtype,
    FoldPrograms programs,
    LaneProgram element,
    int results,
    int count,
    List<Walk> inputs,
    boolean across) {
  /** The most instructions of a kernel: beyond, the compiler gives up. */
  private static final int LONGEST = 500;

  /** How many accumulators, whose sums do not wait for each other, a loop holds. */
  static final int TOGETHER = 4;

  /** How far the next result and the next element lie. */
  record Walk(int result, int next) {}

  /** The fold of a step, if there are vectors for it. */
  static Optional<Fold> of(Step.Fold step) {
    DType dtype = step.programs().element();
    boolean floats =
        dtype.isFloat()
            && step.output().type().dtype() == dtype
            && step.inputs().stream().allMatch(input -> input.type().dtype() == dtype);
    if (!floats || !covers(step.programs(), step.element(), dtype, step.inputs().size())) {
      return Optional.empty();
    }
    int[] sizes = step.inputs().get(0).type().shape().sizes();
    List<Walk> walks = new ArrayList<>();
    int results = step.output().elements();
    int count = 1;
    for (int axis : step.axes().asList()) {
      count *= sizes[axis];
    }
    if (results == 0 || count == 0 || count > SummationTree.BLOCK) {
      return Optional.empty();
    }
    for (Operand input : step.inputs()) {
      Optional<Integer> result = stride(input, sizes, step, false);
      Optional<Integer> next = stride(input, sizes, step, true);
      if (result.isEmpty() || next.isEmpty()) {
        return Optional.empty();
      }
      walks.add(new Walk(result.get(), next.get()));
    }
    int width = SummationTree.width(dtype);
    boolean along =
        VectorCode.lanes(dtype) == width
            && walks.stream().allMatch(walk -> walk.next() <= 1 && walk.next() >= 0);
    Fold fold =
        new Fold(
            dtype,
            step.programs(),
            step.element(),
            results,
            count,
            List.copyOf(walks),
            !along || (results >= width && count <= width));
    return (fold.across() || along) && fold.length() <= LONGEST
        ? Optional.of(fold)
        : Optional.empty();
  }

  private static boolean covers(
      FoldPrograms programs, LaneProgram element, DType dtype, int inputs) {
    int width = programs.width();
    boolean usesIndex =
        programs.step().code().stream().anyMatch(one -> one.arguments().contains(width + 1));
    return !usesIndex
        && LaneCode.covers(element, dtype, Collections.nCopies(inputs, dtype))
        && covers(programs.identity(), dtype)
        && covers(programs.step(), dtype)
        && covers(programs.combine(), dtype)
        && covers(programs.finish(), dtype);
  }

  private static boolean covers(LaneProgram program, DType dtype) {
    return LaneCode.covers(program, dtype, Collections.nCopies(program.inputs(), dtype))
        && program.code().stream()
            .filter(one -> one.target() < program.inputs() + program.outputs())
            .allMatch(one -> one.dtype() == dtype);
  }

  /** The one stride of the folded axes, or of the others; empty if there are several. */
  private static Optional<Integer> stride(
      Operand input, int[] sizes, Step.Fold step, boolean folded) {
    int stride = 0;
    int size = 1;
    for (int axis = sizes.length - 1; axis >= 0; axis--) {
      if (step.axes().contains(axis) != folded || sizes[axis] == 1) {
        continue;
      }
      int here = input.layout().strides().get(axis);
      if (size == 1) {
        stride = here;
      } else if (here != stride * size) {
        return Optional.empty();
      }
      size *= sizes[axis];
    }
    return Optional.of(stride);
  }

  private int length() {
    int take = element.code().size() + programs.step().code().size();
    return across
        ? 4 * (TOGETHER + 1) * take + 2 * programs.combine().code().size()
        : 2 * take + 4 * programs.combine().code().size();
  }

  /** The number of elements of a work array, of which there is one for each lane of the tuple. */
  int scratch() {
    return (across ? SummationTree.width(dtype) : 2) * VectorCode.lanes(dtype);
  }

  /** Writes the kernel; {@link FoldWriter} says what it is given. */
  void write(CodeBuilder builder) {
    new FoldWriter(this, new VectorCode(builder, dtype)).write();
  }
}
