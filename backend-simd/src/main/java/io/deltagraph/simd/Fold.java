package io.deltagraph.simd;

import io.deltagraph.plan.FoldPrograms;
import io.deltagraph.plan.LaneProgram;
import io.deltagraph.plan.Operand;
import io.deltagraph.plan.Step;
import io.deltagraph.plan.SummationTree;
import io.deltagraph.type.DType;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
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
    int width = SummationTree.width(dtype);
    int take = element.code().size() + programs.step().code().size();
    int unrolled = count <= width ? count : width + count % width;
    return across
        ? unrolled * take + width * programs.combine().code().size()
        : 2 * take + 4 * programs.combine().code().size();
  }

  /** The number of elements of a work array: two vectors for each lane of the tuple. */
  int scratch() {
    return 2 * VectorCode.lanes(dtype);
  }

  /**
   * Writes the kernel: inputs, output, then the work arrays of the tuple, then for each input the
   * places of neighbouring results, and those for the last vector; the range is one of vectors of
   * results, or of results.
   */
  void write(CodeBuilder builder) {
    new Writer(new VectorCode(builder, dtype)).write();
  }

  private final class Writer {
    private final VectorCode code;
    private final CodeBuilder b;
    private final int lanes = VectorCode.lanes(dtype);
    private final int width = SummationTree.width(dtype);
    private final int tuple = programs.width();
    private final int[] arrays;
    private final int[] maps = new int[inputs.size()];
    private final int[] tailMaps = new int[inputs.size()];
    private final int[] places = new int[inputs.size() + 1];
    private final LaneCode elements;
    private final LaneCode step;
    private final LaneCode combine;
    private final LaneCode finish;
    private final int[] identity;
    private final int zeros;

    Writer(VectorCode code) {
      this.code = code;
      this.b = code.code();
      arrays = new int[inputs.size() + 1 + tuple];
      for (int i = 0; i < arrays.length; i++) {
        arrays[i] = array(i, code.array());
      }
      for (int i = 0; i < maps.length; i++) {
        maps[i] = array(arrays.length + i, ConstantDescs.CD_int.arrayType());
        tailMaps[i] = array(arrays.length + maps.length + i, ConstantDescs.CD_int.arrayType());
      }
      for (int i = 0; i < places.length; i++) {
        places[i] = code.newInt();
        int next = i < inputs.size() ? inputs.get(i).result() : 1;
        b.aload(Kernels.OFFSETS).loadConstant(i).iaload();
        b.iload(Kernels.FROM).loadConstant(across ? next * lanes : next).imul().iadd();
        b.istore(places[i]);
      }
      elements = lanes(element);
      step = lanes(programs.step());
      combine = lanes(programs.combine());
      finish = lanes(programs.finish());
      zeros = code.newInt();
      b.iconst_0().istore(zeros);
      identity = new int[tuple];
      LaneCode start = lanes(programs.identity());
      code.constant(0);
      b.astore(start.input(0));
      start.write();
      for (int t = 0; t < tuple; t++) {
        identity[t] = code.newReference();
        b.aload(start.output(t)).astore(identity[t]);
      }
    }

    private int array(int index, ClassDesc type) {
      int local = code.newReference();
      b.aload(Kernels.ARRAYS).loadConstant(index).aaload().checkcast(type).astore(local);
      return local;
    }

    private LaneCode lanes(LaneProgram program) {
      return new LaneCode(code, program, dtype, Collections.nCopies(program.inputs(), dtype));
    }

    void write() {
      int counter = code.newInt();
      int whole = across ? results / lanes : results;
      Label start = b.newLabel();
      Label rest = b.newLabel();
      Label end = b.newLabel();
      b.iload(Kernels.FROM).istore(counter);
      b.labelBinding(start);
      b.iload(counter).loadConstant(whole).if_icmpge(rest);
      b.iload(counter).iload(Kernels.TO).if_icmpge(end);
      if (across) {
        across(-1);
      } else {
        along();
      }
      for (int i = 0; i < places.length; i++) {
        int next = i < inputs.size() ? inputs.get(i).result() : 1;
        b.iload(places[i]).loadConstant(across ? next * lanes : next).iadd().istore(places[i]);
      }
      b.iinc(counter, 1).goto_(start).labelBinding(rest);
      if (across && results % lanes != 0) {
        b.iload(counter).iload(Kernels.TO).if_icmpge(end);
        int mask = code.newReference();
        code.firstLanes(results % lanes);
        b.astore(mask);
        across(mask);
      }
      b.labelBinding(end).return_();
    }

    /** Takes the elements at {@code at + offset · next} into a tuple. */
    private void take(int[] into, int[] from, int[] at, int offset, int mask) {
      for (int i = 0; i < inputs.size(); i++) {
        Walk walk = inputs.get(i);
        int stride = across ? walk.result() : walk.next();
        int place = offset * walk.next();
        if (stride == 0) {
          code.broadcast(arrays[i], at[i], place);
        } else if (stride == 1) {
          code.load(arrays[i], at[i], place, mask);
        } else {
          code.gather(arrays[i], at[i], place, mask < 0 ? maps[i] : tailMaps[i], zeros, mask);
        }
        b.astore(elements.input(i));
      }
      elements.write();
      for (int t = 0; t < tuple; t++) {
        b.aload(from[t]).astore(step.input(t));
      }
      b.aload(elements.output(0)).astore(step.input(tuple));
      step.write();
      for (int t = 0; t < tuple; t++) {
        b.aload(step.output(t)).astore(into[t]);
      }
    }

    private int[] newTuple() {
      int[] locals = new int[tuple];
      for (int t = 0; t < tuple; t++) {
        locals[t] = code.newReference();
        b.aload(identity[t]).astore(locals[t]);
      }
      return locals;
    }

    private int[] copiesOfPlaces() {
      int[] at = new int[inputs.size()];
      for (int i = 0; i < at.length; i++) {
        at[i] = code.newInt();
        b.iload(places[i]).istore(at[i]);
      }
      return at;
    }

    private void advance(int[] at, int elementsTaken) {
      for (int i = 0; i < at.length; i++) {
        int distance = inputs.get(i).next() * elementsTaken;
        if (distance != 0) {
          b.iload(at[i]).loadConstant(distance).iadd().istore(at[i]);
        }
      }
    }

    private void across(int mask) {
      int[][] accumulators = new int[width][];
      for (int j = 0; j < width; j++) {
        accumulators[j] = newTuple();
      }
      int[] at = copiesOfPlaces();
      int turns = count / width;
      if (turns > 0) {
        int turn = code.newInt();
        code.times(
            turn,
            turns,
            1,
            () -> {
              for (int j = 0; j < width; j++) {
                take(accumulators[j], accumulators[j], at, j, mask);
              }
              advance(at, width);
            });
      }
      for (int j = 0; j < count % width; j++) {
        take(accumulators[j], accumulators[j], at, j, mask);
      }
      for (int half = width / 2; half > 0; half /= 2) {
        for (int j = 0; j < half; j++) {
          combine(accumulators[j], accumulators[j + half]);
        }
      }
      store(accumulators[0], mask);
    }

    private void combine(int[] left, int[] right) {
      for (int t = 0; t < tuple; t++) {
        b.aload(left[t]).astore(combine.input(t));
        b.aload(right[t]).astore(combine.input(tuple + t));
      }
      combine.write();
      for (int t = 0; t < tuple; t++) {
        b.aload(combine.output(t)).astore(left[t]);
      }
    }

    private void store(int[] total, int mask) {
      for (int t = 0; t < tuple; t++) {
        b.aload(total[t]).astore(finish.input(t));
      }
      code.constant(count);
      b.astore(finish.input(tuple));
      finish.write();
      b.aload(finish.output(0));
      code.store(arrays[inputs.size()], places[inputs.size()], 0, mask);
    }

    private void along() {
      int[] total = newTuple();
      int[] at = copiesOfPlaces();
      int turns = count / width;
      if (turns > 0) {
        int turn = code.newInt();
        code.times(
            turn,
            turns,
            1,
            () -> {
              take(total, total, at, 0, -1);
              advance(at, width);
            });
      }
      if (count % width != 0) {
        int mask = code.newReference();
        code.firstLanes(count % width);
        b.astore(mask);
        int[] taken = newTuple();
        take(taken, total, at, 0, mask);
        for (int t = 0; t < tuple; t++) {
          b.aload(total[t]).aload(taken[t]).aload(mask);
          code.blend();
          b.astore(total[t]);
        }
      }
      int[] right = newTuple();
      for (int half = width / 2; half > 0; half /= 2) {
        for (int t = 0; t < tuple; t++) {
          int work = arrays[inputs.size() + 1 + t];
          b.aload(total[t]);
          code.store(work, zeros, 0, -1);
          code.load(work, zeros, half, -1);
          b.astore(right[t]);
        }
        combine(total, right);
      }
      int first = code.newReference();
      code.firstLanes(1);
      b.astore(first);
      store(total, first);
    }
  }
}
