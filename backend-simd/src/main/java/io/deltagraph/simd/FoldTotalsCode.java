package io.deltagraph.simd;

import io.deltagraph.plan.LaneProgram;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.util.Collections;

/** Writes a {@link FoldTotalsKernel}. */
final class FoldTotalsCode {
  private final FoldTotalsKernel kernel;
  private final VectorCode code;
  private final CodeBuilder b;
  private final int lanes;
  private final int tuple;
  private final int[] arrays;
  private final int first;
  private final int output;
  private final LaneCode combine;
  private final LaneCode finish;

  FoldTotalsCode(FoldTotalsKernel kernel, VectorCode code) {
    this.kernel = kernel;
    this.code = code;
    b = code.code();
    lanes = VectorCode.lanes(kernel.dtype());
    tuple = kernel.programs().width();
    arrays = new int[tuple + kernel.programs().finish().outputs()];
    for (int i = 0; i < arrays.length; i++) {
      arrays[i] = code.array(i);
    }
    first = code.place(0, lanes);
    output = code.place(1, lanes);
    combine = lanes(kernel.programs().combine());
    finish = lanes(kernel.programs().finish());
  }

  private LaneCode lanes(LaneProgram program) {
    return new LaneCode(
        code, program, kernel.dtype(), Collections.nCopies(program.inputs(), kernel.dtype()));
  }

  void write() {
    int results = kernel.results();
    int unit = code.newInt();
    Label start = b.newLabel();
    Label tail = b.newLabel();
    Label end = b.newLabel();
    b.iload(GeneratedKernels.FROM).istore(unit).labelBinding(start);
    b.iload(unit).loadConstant(results / lanes).if_icmpge(tail);
    b.iload(unit).iload(GeneratedKernels.TO).if_icmpge(end);
    writeUnit(VectorCode.ALL_LANES);
    b.iinc(first, lanes).iinc(output, lanes).iinc(unit, 1).goto_(start).labelBinding(tail);
    if (results % lanes != 0) {
      b.iload(unit).iload(GeneratedKernels.TO).if_icmpge(end);
      writeUnit(code.mask(results % lanes));
    }
    b.labelBinding(end).return_();
  }

  /**
   * Combines each block with its neighbour, then each of these pairs with the pair next to it, and
   * so on; a last one without neighbour is left as it is. In the end the total of all blocks is
   * that of block 0.
   */
  private void writeUnit(int mask) {
    int results = kernel.results();
    int distance = code.newInt();
    int block = code.newInt();
    int left = code.newInt();
    int right = code.newInt();
    Label wider = b.newLabel();
    Label next = b.newLabel();
    Label over = b.newLabel();
    Label end = b.newLabel();
    b.iconst_1().istore(distance).labelBinding(wider);
    b.iload(distance).loadConstant(kernel.blocks()).if_icmpge(end);
    b.iconst_0().istore(block).labelBinding(next);
    b.iload(block).iload(distance).iadd().loadConstant(kernel.blocks()).if_icmpge(over);
    b.iload(first).iload(block).loadConstant(results).imul().iadd().istore(left);
    b.iload(left).iload(distance).loadConstant(results).imul().iadd().istore(right);
    loadTuple(combine, 0, left, mask);
    loadTuple(combine, tuple, right, mask);
    combine.write();
    for (int t = 0; t < tuple; t++) {
      b.aload(combine.output(t));
      code.store(new Cursor(arrays[t], left), 0, mask);
    }
    b.iload(block).iload(distance).iconst_1().ishl().iadd().istore(block).goto_(next);
    b.labelBinding(over);
    b.iload(distance).iconst_1().ishl().istore(distance).goto_(wider);
    b.labelBinding(end);
    loadTuple(finish, 0, first, mask);
    code.constant(kernel.count());
    b.astore(finish.input(tuple));
    finish.write();
    for (int i = tuple; i < arrays.length; i++) {
      b.aload(finish.output(i - tuple));
      code.store(new Cursor(arrays[i], output), 0, mask);
    }
  }

  /** Loads a tuple of totals into the inputs of a program, from the input {@code to} on. */
  private void loadTuple(LaneCode program, int to, int index, int mask) {
    for (int t = 0; t < tuple; t++) {
      code.load(new Cursor(arrays[t], index), 0, mask);
      b.astore(program.input(to + t));
    }
  }
}
