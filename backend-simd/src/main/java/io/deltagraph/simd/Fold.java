package io.deltagraph.simd;

import io.deltagraph.graph.LaneOp;
import io.deltagraph.plan.FoldPrograms;
import io.deltagraph.plan.LaneProgram;
import io.deltagraph.plan.Step;
import io.deltagraph.plan.SummationTree;
import io.deltagraph.type.DType;
import java.lang.classfile.CodeBuilder;
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
 * @param isPart whether there are more blocks: the totals are stored as they are
 */
record Fold(
    DType dtype,
    FoldPrograms programs,
    LaneProgram element,
    int results,
    int count,
    List<Walk> inputs,
    boolean across,
    boolean isPart) {
  /** The most instructions of a kernel: beyond, the compiler gives up. */
  private static final int LONGEST = 500;

  /** The most accumulators that a loop holds: their sums do not wait for each other. */
  private static final int TOGETHER = 4;

  /** The most vectors of results that a unit takes. */
  private static final int STRIP = 4;

  /** How far the next result and the next element lie. */
  record Walk(int result, int next) {}

  /** The fold of a whole block, or of all elements, if there are vectors for it. */
  static Optional<Fold> of(Step.Fold step, FoldPlaces places) {
    DType dtype = step.programs().element();
    boolean floats =
        dtype.isFloat()
            && step.output().type().dtype() == dtype
            && step.inputs().stream().allMatch(input -> input.type().dtype() == dtype);
    if (!floats || !covers(step.programs(), step.element(), dtype, step.inputs().size())) {
      return Optional.empty();
    }
    int width = SummationTree.width(dtype);
    boolean along =
        width % VectorCode.lanes(dtype) == 0
            && places.walks().stream().allMatch(walk -> walk.next() <= 1 && walk.next() >= 0);
    // Along a result, its accumulators have to be combined: cheap for sums alone.
    boolean sums =
        step.programs().combine().code().stream().allMatch(one -> one.op() == LaneOp.ADD);
    int few = sums ? 2 : width * 3 / 4;
    Fold fold =
        new Fold(
            dtype,
            step.programs(),
            step.element(),
            places.results(),
            Math.min(places.count(), SummationTree.BLOCK),
            places.walks(),
            !along || (places.results() >= width && places.count() <= few),
            places.blocks() > 1);
    return fold.length(fold.strip(), fold.together()) <= LONGEST
        ? Optional.of(fold)
        : Optional.empty();
  }

  /** The same fold of another number of elements. */
  Fold withCount(int other) {
    return new Fold(dtype, programs, element, results, other, inputs, across, isPart);
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

  /**
   * How many vectors of results, one beside the other, are folded at once: elements that lie far
   * apart are read in longer pieces.
   */
  int strip() {
    int strip = across ? STRIP : 1;
    while (strip > 1
        && (results % (strip * VectorCode.lanes(dtype)) != 0
            || length(strip, TOGETHER / 2) > LONGEST)) {
      strip /= 2;
    }
    return strip;
  }

  /**
   * How many accumulators a result has, if lanes are accumulators. The greatest and the least are
   * the same in any order: more of them than the tree has do not wait for each other.
   */
  int accumulators() {
    int tree = SummationTree.width(dtype);
    int most = TOGETHER * VectorCode.lanes(dtype);
    return isExtreme(programs.step()) && isExtreme(programs.combine()) && count >= most
        ? Math.max(tree, most)
        : tree;
  }

  private static boolean isExtreme(LaneProgram program) {
    return program.code().size() == 1
        && (program.code().getFirst().op() == LaneOp.MAXIMUM
            || program.code().getFirst().op() == LaneOp.MINIMUM);
  }

  /** How many accumulators a loop holds: fewer if the code gets too long otherwise. */
  int together() {
    int strip = strip();
    int together = strip > 1 ? TOGETHER / 2 : TOGETHER;
    while (across && together > 1 && length(strip, together) > LONGEST) {
      together /= 2;
    }
    return together;
  }

  private int length(int strip, int together) {
    int take = element.code().size() + programs.step().code().size();
    int parts = accumulators() / VectorCode.lanes(dtype);
    int copies = together == 1 ? 4 : 4 * (together + 1);
    return across
        ? strip * copies * take + 2 * programs.combine().code().size()
        : 2 * parts * take + (parts + 4) * programs.combine().code().size();
  }

  /** How many numbers of a result are stored. */
  int outputs() {
    return isPart ? programs.width() : 1;
  }

  /** The number of elements of a work array, of which there is one for each lane of the tuple. */
  int scratch() {
    return (across ? SummationTree.width(dtype) * strip() : 2) * VectorCode.lanes(dtype);
  }

  /** Writes the kernel; {@link FoldWriter} says what it is given. */
  void write(CodeBuilder builder) {
    new FoldWriter(this, new VectorCode(builder, dtype)).write();
  }
}
