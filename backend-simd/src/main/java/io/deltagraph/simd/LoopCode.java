package io.deltagraph.simd;

import io.deltagraph.type.DType;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.util.ArrayList;
import java.util.List;

/** Writes a {@link LoopKernel}. */
final class LoopCode {
  private final LoopKernel kernel;
  private final VectorCode code;
  private final CodeBuilder b;
  private final LaneCode program;
  private final List<MatrixStrides> operands = new ArrayList<>();
  private final Cursor[] rows;
  private final int width;

  LoopCode(LoopKernel kernel, VectorCode code) {
    this.kernel = kernel;
    this.code = code;
    this.b = code.code();
    this.width = VectorCode.lanes(kernel.dtype());
    this.program =
        new LaneCode(
            code,
            kernel.program(),
            kernel.dtype(),
            kernel.inputs().stream()
                .map(input -> input.dtype() == DType.BOOL ? DType.BOOL : kernel.dtype())
                .toList());
    operands.addAll(kernel.inputs());
    operands.addAll(kernel.outputs());
    rows = new Cursor[operands.size()];
    for (int i = 0; i < rows.length; i++) {
      MatrixStrides strides = operands.get(i);
      int array = code.array(i, VectorCode.arrayType(strides.dtype()));
      rows[i] = new Cursor(array, code.place(i, kernel.isFlat() ? 0 : strides.row()));
    }
  }

  void write() {
    int column = code.newInt();
    if (kernel.isFlat()) {
      writeVectors(column);
    } else {
      writeRows(column);
    }
    b.return_();
  }

  /** Loops over the rows of the kernel's range. */
  private void writeRows(int column) {
    int row = code.newInt();
    b.iload(GeneratedKernels.FROM).istore(row);
    Label start = b.newLabel();
    Label end = b.newLabel();
    b.labelBinding(start).iload(row).iload(GeneratedKernels.TO).if_icmpge(end);
    writeRow(column);
    for (int i = 0; i < rows.length; i++) {
      code.advance(rows[i], operands.get(i).row());
    }
    b.iinc(row, 1).goto_(start).labelBinding(end);
  }

  /** Loops over all columns of one row. */
  private void writeRow(int column) {
    int whole = kernel.columns() / width * width;
    b.iconst_0().istore(column);
    if (whole > 0) {
      code.loop(column, whole, width, () -> writeElements(column, VectorCode.ALL_LANES));
    }
    if (whole < kernel.columns()) {
      writeElements(column, code.mask(kernel.columns() - whole));
    }
  }

  /** Loops over the vectors of the kernel's range in the only row. */
  private void writeVectors(int column) {
    int whole = kernel.columns() / width;
    int limit = code.newInt();
    Label start = b.newLabel();
    Label tail = b.newLabel();
    Label end = b.newLabel();
    b.iload(GeneratedKernels.FROM).loadConstant(width).imul().istore(column);
    b.iload(GeneratedKernels.TO);
    RehearsalCode.minimum(b, whole);
    b.loadConstant(width).imul().istore(limit);
    b.labelBinding(start).iload(column).iload(limit).if_icmpge(tail);
    writeElements(column, VectorCode.ALL_LANES);
    b.iinc(column, width).goto_(start);
    b.labelBinding(tail);
    if (kernel.columns() % width != 0) {
      b.iload(GeneratedKernels.TO).loadConstant(whole).if_icmple(end);
      writeElements(column, code.mask(kernel.columns() % width));
    }
    b.labelBinding(end);
  }

  /** Runs the program for one vector of elements. */
  private void writeElements(int column, int mask) {
    int index = code.newInt();
    int inputs = kernel.inputs().size();
    for (int i = 0; i < operands.size(); i++) {
      MatrixStrides strides = operands.get(i);
      if (i == inputs) {
        program.write();
      }
      b.iload(rows[i].index());
      if (strides.column() == 1) {
        b.iload(column).iadd();
      }
      b.istore(index);
      Cursor at = new Cursor(rows[i].array(), index);
      if (i < inputs) {
        load(strides, at, mask);
        b.astore(program.input(i));
      } else {
        b.aload(program.output(i - inputs));
        store(strides, at, mask);
      }
    }
  }

  private void load(MatrixStrides strides, Cursor from, int mask) {
    if (strides.dtype() == DType.BOOL) {
      code.loadMask(from);
    } else if (strides.column() == 0) {
      code.broadcast(strides.dtype(), from);
    } else {
      code.load(from, 0, mask);
    }
  }

  private void store(MatrixStrides strides, Cursor to, int mask) {
    if (strides.dtype() == DType.BOOL) {
      code.storeMask(to);
    } else {
      code.store(to, 0, mask);
    }
  }
}
