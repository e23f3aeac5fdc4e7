package io.deltagraph.simd;

import io.deltagraph.graph.LaneOp;
import io.deltagraph.plan.LaneProgram;
import io.deltagraph.plan.Operand;
import io.deltagraph.plan.Step;
import io.deltagraph.type.DType;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A pointwise loop over rows and columns.
 *
 * @param program what is computed
 * @param dtype the float type of its numbers
 * @param rows the number of rows
 * @param columns the number of columns
 * @param inputs how each input is walked
 * @param outputs how each output is walked
 */
record Loop(
    LaneProgram program,
    DType dtype,
    int rows,
    int columns,
    List<Walk> inputs,
    List<Walk> outputs) {

  /** The most instructions of a loop that the compiler still compiles well. */
  private static final int LONGEST = 250;

  /**
   * How far the next row and the next column lie; the latter is 0 or 1, and 0 where numbers of the
   * other float type are converted.
   */
  record Walk(DType dtype, int row, int column) {}

  /** The loop of a step, if it can be one of vectors. */
  static Optional<Loop> of(Step.Loop step) {
    List<Operand> operands = new ArrayList<>(step.inputs());
    operands.addAll(step.outputs());
    DType dtype =
        Stream.concat(step.outputs().stream(), step.inputs().stream())
            .map(operand -> operand.type().dtype())
            .filter(DType::isFloat)
            .findFirst()
            .orElse(DType.BOOL);
    List<DType> types = new ArrayList<>();
    for (int i = 0; i < step.inputs().size(); i++) {
      types.add(isCastOnly(step, i, dtype) ? dtype : step.inputs().get(i).type().dtype());
    }
    boolean covered =
        step.program().code().size() <= LONGEST
            && LaneCode.covers(step.program(), dtype, types)
            && step.outputs().stream()
                .map(output -> output.type().dtype())
                .allMatch(type -> type == dtype || type == DType.BOOL);
    int[] sizes = step.outputs().get(0).type().shape().sizes();
    List<int[]> merged = merged(sizes, operands);
    if (!covered || step.outputs().get(0).elements() == 0 || merged.size() > 2) {
      return Optional.empty();
    }
    int[] column = merged.isEmpty() ? new int[operands.size() + 1] : merged.getLast();
    int[] row = merged.size() < 2 ? new int[operands.size() + 1] : merged.getFirst();
    int columns = merged.isEmpty() ? 1 : column[operands.size()];
    int rows = merged.size() < 2 ? 1 : row[operands.size()];
    List<Walk> walks = new ArrayList<>();
    for (int i = 0; i < operands.size(); i++) {
      if (column[i] != 0 && column[i] != 1) {
        return Optional.empty();
      }
      DType type = operands.get(i).type().dtype();
      boolean other = type != DType.BOOL && type != dtype;
      if ((type == DType.BOOL && (column[i] == 0 || columns % VectorCode.lanes(dtype) != 0))
          || (other && column[i] == 1)) {
        return Optional.empty();
      }
      walks.add(new Walk(type, row[i], columns == 1 && !other ? 1 : column[i]));
    }
    int inputs = step.inputs().size();
    return Optional.of(
        new Loop(
            step.program(),
            dtype,
            rows,
            columns,
            List.copyOf(walks.subList(0, inputs)),
            List.copyOf(walks.subList(inputs, walks.size()))));
  }

  /** Whether an input of the other float type is only read as one of this: a rate, say. */
  private static boolean isCastOnly(Step.Loop step, int input, DType dtype) {
    return step.inputs().get(input).type().dtype().isFloat()
        && step.program().code().stream()
            .filter(one -> one.arguments().contains(input))
            .allMatch(one -> one.op() == LaneOp.CAST && one.dtype() == dtype);
  }

  /** The strides of each operand along each axis, and its size; axes walked as one are merged. */
  private static List<int[]> merged(int[] sizes, List<Operand> operands) {
    List<int[]> axes = new ArrayList<>();
    for (int axis = 0; axis < sizes.length; axis++) {
      if (sizes[axis] == 1) {
        continue;
      }
      int[] next = new int[operands.size() + 1];
      for (int i = 0; i < operands.size(); i++) {
        next[i] = operands.get(i).layout().strides().get(axis);
      }
      next[operands.size()] = sizes[axis];
      int[] last = axes.isEmpty() ? null : axes.getLast();
      if (last != null && continues(last, next)) {
        next[operands.size()] *= last[operands.size()];
        axes.removeLast();
      }
      axes.add(next);
    }
    return axes;
  }

  private static boolean continues(int[] outer, int[] inner) {
    int size = inner[inner.length - 1];
    for (int i = 0; i < inner.length - 1; i++) {
      if (outer[i] != inner[i] * size) {
        return false;
      }
    }
    return true;
  }

  /** Whether the range of the kernel is one of vectors; of rows otherwise. */
  boolean isFlat() {
    return rows == 1;
  }

  /** Writes the kernel: inputs first, then outputs. */
  void write(CodeBuilder builder) {
    new Writer(new VectorCode(builder, dtype)).write();
  }

  private final class Writer {
    private final VectorCode code;
    private final LaneCode lanes;
    private final List<Walk> walks = new ArrayList<>();
    private final int[] arrays;
    private final int[] places;

    Writer(VectorCode code) {
      this.code = code;
      this.lanes =
          new LaneCode(
              code,
              program,
              dtype,
              inputs.stream()
                  .map(walk -> walk.dtype() == DType.BOOL ? DType.BOOL : dtype)
                  .toList());
      walks.addAll(inputs);
      walks.addAll(outputs);
      arrays = new int[walks.size()];
      places = new int[walks.size()];
      for (int i = 0; i < arrays.length; i++) {
        arrays[i] = code.array(i, VectorCode.array(walks.get(i).dtype()));
        places[i] = code.place(i, isFlat() ? 0 : walks.get(i).row());
      }
    }

    void write() {
      int counter = code.newInt();
      CodeBuilder b = code.code();
      if (isFlat()) {
        flat(counter);
      } else {
        int row = code.newInt();
        b.iload(Kernels.FROM).istore(row);
        Label start = b.newLabel();
        Label end = b.newLabel();
        b.labelBinding(start).iload(row).iload(Kernels.TO).if_icmpge(end);
        columns(counter);
        for (int i = 0; i < arrays.length; i++) {
          b.iload(places[i]).loadConstant(walks.get(i).row()).iadd().istore(places[i]);
        }
        b.iinc(row, 1).goto_(start).labelBinding(end);
      }
      b.return_();
    }

    /** All columns of one row. */
    private void columns(int counter) {
      int width = VectorCode.lanes(dtype);
      int whole = columns / width * width;
      code.code().iconst_0().istore(counter);
      if (whole > 0) {
        code.times(counter, whole, width, () -> body(counter, -1));
      }
      if (whole < columns) {
        body(counter, code.mask(columns - whole));
      }
    }

    private void flat(int counter) {
      CodeBuilder b = code.code();
      int width = VectorCode.lanes(dtype);
      int whole = columns / width;
      int limit = code.newInt();
      Label start = b.newLabel();
      Label rest = b.newLabel();
      Label end = b.newLabel();
      b.iload(Kernels.FROM).loadConstant(width).imul().istore(counter);
      b.iload(Kernels.TO);
      Turns.minimum(b, whole);
      b.loadConstant(width).imul().istore(limit);
      b.labelBinding(start).iload(counter).iload(limit).if_icmpge(rest);
      body(counter, -1);
      b.iinc(counter, width).goto_(start);
      b.labelBinding(rest);
      if (columns % width != 0) {
        b.iload(Kernels.TO).loadConstant(whole).if_icmple(end);
        body(counter, code.mask(columns % width));
      }
      b.labelBinding(end);
    }

    private void body(int counter, int mask) {
      int at = code.newInt();
      for (int i = 0; i < walks.size(); i++) {
        Walk walk = walks.get(i);
        if (i == inputs.size()) {
          lanes.write();
        }
        code.code().iload(places[i]);
        if (walk.column() == 1) {
          code.code().iload(counter).iadd();
        }
        code.code().istore(at);
        if (i < inputs.size()) {
          if (walk.dtype() == DType.BOOL) {
            code.loadMask(arrays[i], at, 0);
          } else if (walk.column() == 0) {
            code.broadcast(walk.dtype(), arrays[i], at);
          } else {
            code.load(arrays[i], at, 0, mask);
          }
          code.code().astore(lanes.input(i));
        } else {
          code.code().aload(lanes.output(i - inputs.size()));
          if (walk.dtype() == DType.BOOL) {
            code.storeMask(arrays[i], at, 0);
          } else {
            code.store(arrays[i], at, 0, mask);
          }
        }
      }
    }
  }
}
