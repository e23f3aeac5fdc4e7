package io.deltagraph.simd;

import io.deltagraph.plan.FoldPrograms;
import io.deltagraph.plan.LaneProgram;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ConstantDescs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Writes a {@link FoldKernel}: the loop over its units, and what {@link FoldAcrossCode} and {@link
 * FoldAlongCode} share. A tuple is an array of local variables with a vector each.
 */
final class FoldCode {
  private final FoldKernel kernel;
  private final VectorCode code;
  private final CodeBuilder b;
  private final int lanes;
  private final int tuple;
  private final int[] inputs;
  private final int[] outputs;
  private final int[] work;
  private final int[] inputPlaces;
  private final int outputPlace;
  private final List<Cursor> distances = new ArrayList<>();
  private final List<Cursor> lastDistances = new ArrayList<>();
  private final LaneCode element;
  private final LaneCode step;
  private final LaneCode combine;
  private final LaneCode finish;
  private final int[] identity;
  private final int zero;

  /**
   * The elements that a vector takes of each input.
   *
   * @param inputs where a first element lies in each input
   * @param element how many elements of a result come before
   * @param vector how many vectors of results come before
   */
  record VectorElements(List<Cursor> inputs, int element, int vector) {}

  FoldCode(FoldKernel kernel, VectorCode code) {
    this.kernel = kernel;
    this.code = code;
    b = code.code();
    lanes = VectorCode.lanes(kernel.dtype());
    FoldPrograms programs = kernel.programs();
    tuple = programs.width();
    int count = kernel.inputs().size();
    int outputsEnd = count + kernel.outputs();
    int workEnd = outputsEnd + tuple;
    inputs = IntStream.range(0, count).map(code::array).toArray();
    outputs = IntStream.range(count, outputsEnd).map(code::array).toArray();
    work = IntStream.range(outputsEnd, workEnd).map(code::array).toArray();
    int[] maps = new int[count];
    int[] lastMaps = new int[count];
    for (int i = 0; i < count; i++) {
      maps[i] = code.array(workEnd + i, ConstantDescs.CD_int.arrayType());
      lastMaps[i] = code.array(workEnd + count + i, ConstantDescs.CD_int.arrayType());
    }
    inputPlaces =
        IntStream.range(0, count)
            .map(i -> code.place(i, unit(kernel.inputs().get(i).result())))
            .toArray();
    outputPlace = code.place(count, unit(1));
    element = lanes(kernel.element());
    step = lanes(programs.step());
    combine = lanes(programs.combine());
    finish = lanes(programs.finish());
    zero = code.newInt();
    b.iconst_0().istore(zero);
    for (int i = 0; i < count; i++) {
      distances.add(new Cursor(maps[i], zero));
      lastDistances.add(new Cursor(lastMaps[i], zero));
    }
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

  /** The distance from a unit to the next one, given that from a result to the next. */
  private int unit(int result) {
    return kernel.across() ? result * lanes * kernel.vectorsAtOnce() : result;
  }

  private LaneCode lanes(LaneProgram program) {
    return new LaneCode(
        code, program, kernel.dtype(), Collections.nCopies(program.inputs(), kernel.dtype()));
  }

  VectorCode code() {
    return code;
  }

  /** A local variable that holds 0. */
  int zero() {
    return zero;
  }

  void write() {
    int unit = code.newInt();
    int results = kernel.block().results();
    int whole = kernel.across() ? results / (lanes * kernel.vectorsAtOnce()) : results;
    Label start = b.newLabel();
    Label tail = b.newLabel();
    Label end = b.newLabel();
    b.iload(GeneratedKernels.FROM).istore(unit);
    b.labelBinding(start);
    b.iload(unit).loadConstant(whole).if_icmpge(tail);
    b.iload(unit).iload(GeneratedKernels.TO).if_icmpge(end);
    if (kernel.across()) {
      new FoldAcrossCode(kernel, this, VectorCode.ALL_LANES).write();
    } else {
      new FoldAlongCode(kernel, this).write();
    }
    for (int i = 0; i < inputs.length; i++) {
      code.advance(new Cursor(inputs[i], inputPlaces[i]), unit(kernel.inputs().get(i).result()));
    }
    code.advance(new Cursor(outputs[0], outputPlace), unit(1));
    b.iinc(unit, 1).goto_(start).labelBinding(tail);
    if (kernel.across() && results % lanes != 0) {
      b.iload(unit).iload(GeneratedKernels.TO).if_icmpge(end);
      new FoldAcrossCode(kernel, this, code.mask(results % lanes)).write();
    }
    b.labelBinding(end).return_();
  }

  /** Where the unit begins in each input; the indices are new local variables. */
  List<Cursor> newInputCursors() {
    List<Cursor> cursors = new ArrayList<>();
    for (int i = 0; i < inputs.length; i++) {
      Cursor cursor = new Cursor(inputs[i], code.newInt());
      b.iload(inputPlaces[i]).istore(cursor.index());
      cursors.add(cursor);
    }
    return cursors;
  }

  /** Moves cursors on by some elements of a result. */
  void advance(List<Cursor> cursors, int elements) {
    for (int i = 0; i < cursors.size(); i++) {
      int distance = kernel.inputs().get(i).element() * elements;
      if (distance != 0) {
        code.advance(cursors.get(i), distance);
      }
    }
  }

  /** A new tuple that is the identity. */
  int[] newTuple() {
    int[] locals = new int[tuple];
    for (int t = 0; t < tuple; t++) {
      locals[t] = code.newReference();
      b.aload(identity[t]).astore(locals[t]);
    }
    return locals;
  }

  /**
   * Folds elements into the tuple {@code from}, and puts the result into the tuple {@code into}.
   */
  void take(int[] into, int[] from, VectorElements elements, int mask) {
    for (int i = 0; i < inputs.length; i++) {
      loadElements(i, elements, mask);
      b.astore(element.input(i));
    }
    element.write();
    for (int t = 0; t < tuple; t++) {
      give(from[t], step.input(t));
    }
    b.aload(element.output(0)).astore(step.input(tuple));
    step.write();
    for (int t = 0; t < tuple; t++) {
      b.aload(step.output(t)).astore(into[t]);
    }
  }

  private void loadElements(int input, VectorElements elements, int mask) {
    FoldStrides strides = kernel.inputs().get(input);
    Cursor cursor = elements.inputs.get(input);
    int offset = elements.element * strides.element() + elements.vector * lanes * strides.result();
    int lane = kernel.across() ? strides.result() : strides.element();
    if (lane == 0) {
      code.broadcast(cursor, offset);
    } else if (lane == 1) {
      code.load(cursor, offset, mask);
    } else {
      boolean all = mask == VectorCode.ALL_LANES;
      code.gather(cursor, offset, (all ? distances : lastDistances).get(input), mask);
    }
  }

  private void give(int vector, int input) {
    b.aload(vector);
    code.castToSpecies();
    b.astore(input);
  }

  /** Combines a tuple with another one, which comes after it in the tree. */
  void combine(int[] left, int[] right) {
    for (int t = 0; t < tuple; t++) {
      give(left[t], combine.input(t));
      give(right[t], combine.input(tuple + t));
    }
    combine.write();
    for (int t = 0; t < tuple; t++) {
      b.aload(combine.output(t)).astore(left[t]);
    }
  }

  /** Loads a new tuple from the work arrays. */
  int[] loadWork(int index, int offset) {
    int[] locals = new int[tuple];
    for (int t = 0; t < tuple; t++) {
      locals[t] = code.newReference();
      code.load(new Cursor(work[t], index), offset, VectorCode.ALL_LANES);
      b.astore(locals[t]);
    }
    return locals;
  }

  /** Stores a tuple in the work arrays. */
  void storeWork(int[] locals, int index, int offset) {
    for (int t = 0; t < tuple; t++) {
      b.aload(locals[t]);
      code.store(new Cursor(work[t], index), offset, VectorCode.ALL_LANES);
    }
  }

  /** Stores the totals of a block, or finishes them and stores the results. */
  void storeTotals(int[] totals, int offset, int mask) {
    if (kernel.block().isPart()) {
      for (int t = 0; t < tuple; t++) {
        b.aload(totals[t]);
        code.store(new Cursor(outputs[t], outputPlace), offset, mask);
      }
      return;
    }
    for (int t = 0; t < tuple; t++) {
      give(totals[t], finish.input(t));
    }
    code.constant(kernel.block().count());
    b.astore(finish.input(tuple));
    finish.write();
    for (int i = 0; i < outputs.length; i++) {
      b.aload(finish.output(i));
      code.store(new Cursor(outputs[i], outputPlace), offset, mask);
    }
  }

  /** Tuples that are each the identity. */
  int[][] newTuples(int count) {
    int[][] tuples = new int[count][];
    Arrays.setAll(tuples, i -> newTuple());
    return tuples;
  }
}
