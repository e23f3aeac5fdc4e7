package io.deltagraph.simd;

import io.deltagraph.graph.LaneOp;
import io.deltagraph.plan.LaneProgram;
import io.deltagraph.plan.Operand;
import io.deltagraph.plan.Step;
import io.deltagraph.type.DType;
import java.lang.classfile.CodeBuilder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The kernel of a pointwise loop over rows and columns. Its arrays are the inputs, then the
 * outputs. Its unit is a row; if there is only one row, a unit is a vector of its columns.
 *
 * @param program what is computed for each element
 * @param dtype the float type of the vectors
 * @param rows the number of rows
 * @param columns the number of columns
 * @param inputs where each input lies; one of the other float type has one number for each row, or
 *     for all, which is converted
 * @param outputs where each output lies
 */
record LoopKernel(
    LaneProgram program,
    DType dtype,
    int rows,
    int columns,
    List<MatrixStrides> inputs,
    List<MatrixStrides> outputs)
    implements KernelDescription {

  /** The most instructions of a program for which the compiler makes good code. */
  private static final int MOST_INSTRUCTIONS = 250;

  /** One or more axes of the loop, of which every operand takes all elements with one stride. */
  private record MergedAxes(int size, List<Integer> strides) {
    static MergedAxes none(int operands) {
      return new MergedAxes(1, Collections.nCopies(operands, 0));
    }

    boolean continuesIn(MergedAxes inner) {
      for (int i = 0; i < strides.size(); i++) {
        if (strides.get(i) != inner.strides.get(i) * inner.size) {
          return false;
        }
      }
      return true;
    }
  }

  /** The kernel of a step; empty if vectors cannot compute it. */
  static Optional<LoopKernel> of(Step.Loop step) {
    List<Operand> operands = new ArrayList<>(step.inputs());
    operands.addAll(step.outputs());
    DType dtype =
        Stream.concat(step.outputs().stream(), step.inputs().stream())
            .map(operand -> operand.type().dtype())
            .filter(DType::isFloat)
            .findFirst()
            .orElse(DType.BOOL);
    List<MergedAxes> axes = axes(step.outputs().get(0).type().shape().sizes(), operands);
    if (!isCovered(step, dtype) || step.outputs().get(0).elements() == 0 || axes.size() > 2) {
      return Optional.empty();
    }
    MergedAxes none = MergedAxes.none(operands.size());
    MergedAxes columns = axes.isEmpty() ? none : axes.getLast();
    MergedAxes rows = axes.size() < 2 ? none : axes.getFirst();
    List<MatrixStrides> strides = new ArrayList<>();
    for (int i = 0; i < operands.size(); i++) {
      int column = columns.strides.get(i);
      if (column != 0 && column != 1) {
        return Optional.empty();
      }
      DType type = operands.get(i).type().dtype();
      boolean other = type != DType.BOOL && type != dtype;
      if ((type == DType.BOOL && (column == 0 || columns.size % VectorCode.lanes(dtype) != 0))
          || (other && column == 1)) {
        return Optional.empty();
      }
      strides.add(
          new MatrixStrides(type, rows.strides.get(i), columns.size == 1 && !other ? 1 : column));
    }
    int inputs = step.inputs().size();
    return Optional.of(
        new LoopKernel(
            step.program(),
            dtype,
            rows.size,
            columns.size,
            List.copyOf(strides.subList(0, inputs)),
            List.copyOf(strides.subList(inputs, strides.size()))));
  }

  private static boolean isCovered(Step.Loop step, DType dtype) {
    List<DType> types = new ArrayList<>();
    for (int i = 0; i < step.inputs().size(); i++) {
      types.add(isCastOnly(step, i, dtype) ? dtype : step.inputs().get(i).type().dtype());
    }
    return step.program().code().size() <= MOST_INSTRUCTIONS
        && LaneCode.covers(step.program(), dtype, types)
        && step.outputs().stream()
            .map(output -> output.type().dtype())
            .allMatch(type -> type == dtype || type == DType.BOOL);
  }

  /**
   * Whether all that a program does with a float input is to cast it to {@code dtype}, as with an
   * f64 learning rate in a loop of f32.
   */
  private static boolean isCastOnly(Step.Loop step, int input, DType dtype) {
    return step.inputs().get(input).type().dtype().isFloat()
        && step.program().code().stream()
            .filter(one -> one.arguments().contains(input))
            .allMatch(one -> one.op() == LaneOp.CAST && one.dtype() == dtype);
  }

  /** The axes of more than one element, as few as possible, outermost first. */
  private static List<MergedAxes> axes(int[] sizes, List<Operand> operands) {
    List<MergedAxes> axes = new ArrayList<>();
    for (int axis = 0; axis < sizes.length; axis++) {
      if (sizes[axis] == 1) {
        continue;
      }
      int number = axis;
      MergedAxes next =
          new MergedAxes(
              sizes[axis],
              operands.stream().map(one -> one.layout().strides().get(number)).toList());
      if (!axes.isEmpty() && axes.getLast().continuesIn(next)) {
        next = new MergedAxes(axes.removeLast().size * next.size, next.strides);
      }
      axes.add(next);
    }
    return axes;
  }

  /** Whether a unit is a vector of columns, since there is only one row. */
  boolean isFlat() {
    return rows == 1;
  }

  @Override
  public void write(CodeBuilder builder) {
    new LoopCode(this, new VectorCode(builder, dtype)).write();
  }
}
