package io.deltagraph.simd;

import io.deltagraph.plan.FoldPrograms;
import io.deltagraph.plan.LaneProgram;
import io.deltagraph.type.DType;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.util.Collections;

/**
 * Combines the totals of the blocks of each result in the order of the summation tree, where they
 * lie: those of a block together. A lane is a result.
 *
 * @param dtype the float type
 * @param programs what is folded
 * @param results the number of results
 * @param count the number of elements of each
 * @param blocks the number of blocks of each
 */
record FoldTotals(DType dtype, FoldPrograms programs, int results, int count, int blocks) {

  /** Writes the kernel: the totals, then the output; its range is one of vectors of results. */
  void write(CodeBuilder builder) {
    new Writer(new VectorCode(builder, dtype)).write();
  }

  private final class Writer {
    private final VectorCode code;
    private final CodeBuilder b;
    private final int lanes = VectorCode.lanes(dtype);
    private final int tuple = programs.width();
    private final int[] arrays = new int[tuple + 1];
    private final int first;
    private final int output;
    private final LaneCode combine;
    private final LaneCode finish;

    Writer(VectorCode code) {
      this.code = code;
      b = code.code();
      for (int i = 0; i < arrays.length; i++) {
        arrays[i] = code.array(i, code.array());
      }
      first = code.place(0, lanes);
      output = code.place(1, lanes);
      combine = lanes(programs.combine());
      finish = lanes(programs.finish());
    }

    private LaneCode lanes(LaneProgram program) {
      return new LaneCode(code, program, dtype, Collections.nCopies(program.inputs(), dtype));
    }

    void write() {
      int counter = code.newInt();
      Label start = b.newLabel();
      Label rest = b.newLabel();
      Label end = b.newLabel();
      b.iload(Kernels.FROM).istore(counter).labelBinding(start);
      b.iload(counter).loadConstant(results / lanes).if_icmpge(rest);
      b.iload(counter).iload(Kernels.TO).if_icmpge(end);
      combine(-1);
      b.iinc(first, lanes).iinc(output, lanes).iinc(counter, 1).goto_(start).labelBinding(rest);
      if (results % lanes != 0) {
        b.iload(counter).iload(Kernels.TO).if_icmpge(end);
        combine(code.mask(results % lanes));
      }
      b.labelBinding(end).return_();
    }

    /** Pairs of neighbours, then of their neighbours, and so on; what has none waits. */
    private void combine(int mask) {
      int distance = code.newInt();
      int block = code.newInt();
      int left = code.newInt();
      int right = code.newInt();
      Label wider = b.newLabel();
      Label next = b.newLabel();
      Label over = b.newLabel();
      Label end = b.newLabel();
      b.iconst_1().istore(distance).labelBinding(wider);
      b.iload(distance).loadConstant(blocks).if_icmpge(end);
      b.iconst_0().istore(block).labelBinding(next);
      b.iload(block).iload(distance).iadd().loadConstant(blocks).if_icmpge(over);
      b.iload(first).iload(block).loadConstant(results).imul().iadd().istore(left);
      b.iload(left).iload(distance).loadConstant(results).imul().iadd().istore(right);
      fetch(combine, 0, left, mask);
      fetch(combine, tuple, right, mask);
      combine.write();
      for (int t = 0; t < tuple; t++) {
        b.aload(combine.output(t));
        code.store(arrays[t], left, 0, mask);
      }
      b.iload(block).iload(distance).iconst_1().ishl().iadd().istore(block).goto_(next);
      b.labelBinding(over);
      b.iload(distance).iconst_1().ishl().istore(distance).goto_(wider);
      b.labelBinding(end);
      fetch(finish, 0, first, mask);
      code.constant(count);
      b.astore(finish.input(tuple));
      finish.write();
      b.aload(finish.output(0));
      code.store(arrays[tuple], output, 0, mask);
    }

    private void fetch(LaneCode into, int from, int place, int mask) {
      for (int t = 0; t < tuple; t++) {
        code.load(arrays[t], place, 0, mask);
        b.astore(into.input(from + t));
      }
    }
  }
}
