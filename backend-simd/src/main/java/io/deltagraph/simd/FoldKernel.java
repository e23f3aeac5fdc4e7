package io.deltagraph.simd;

import io.deltagraph.graph.LaneOp;
import io.deltagraph.plan.FoldPrograms;
import io.deltagraph.plan.LaneProgram;
import io.deltagraph.plan.Operand;
import io.deltagraph.plan.Step;
import io.deltagraph.plan.SummationTree;
import io.deltagraph.type.DType;
import java.lang.classfile.CodeBuilder;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The kernel of a fold: one block of elements of each result, in the order of {@link
 * SummationTree}. There are two ways to use the lanes of a vector. <em>Across</em> results, each
 * lane is a result, and the vectors are the accumulators of the tree. <em>Along</em> a result, each
 * lane is an accumulator of the one result.
 *
 * <p>Its arrays are, in this order: the inputs; the outputs, or an array for each number of the
 * tuple if totals of the block are stored; a work array for each number of the tuple; for each
 * input the distances of a vector's results from the first one, as ints; the same for the last
 * vector, which may have fewer results. Its unit is a result in a fold along, and {@link
 * #vectorsAtOnce} vectors of results in a fold across.
 *
 * @param programs what is folded
 * @param element what makes an element of the inputs
 * @param inputs where each input lies
 * @param block which elements are folded
 * @param across whether a lane is a result
 */
record FoldKernel(
    FoldPrograms programs,
    LaneProgram element,
    List<FoldStrides> inputs,
    ElementBlock block,
    boolean across)
    implements KernelDescription {

  /** About the most instructions of a kernel that the compiler still compiles. */
  private static final int MOST_INSTRUCTIONS = 500;

  /**
   * The most accumulators that a loop works on at a time. An accumulator can take its next element
   * only after some cycles; meanwhile the others take theirs.
   */
  private static final int MOST_ACCUMULATORS_AT_ONCE = 4;

  /** The most vectors of results that lie side by side and are folded at a time. */
  private static final int MOST_VECTORS_AT_ONCE = 4;

  /**
   * A block of elements.
   *
   * @param results the number of results
   * @param count the number of elements of each result
   * @param isPart whether results have several blocks: then the kernel stores totals of a block
   */
  record ElementBlock(int results, int count, boolean isPart) {}

  /** The kernel of a whole block, or of all elements; empty if vectors cannot compute it. */
  static Optional<FoldKernel> of(Step.Fold step, FoldPlaces places) {
    DType dtype = step.programs().element();
    boolean floats =
        dtype.isFloat()
            && step.outputs().stream().allMatch(output -> liesAs(step.output(), output, dtype))
            && step.inputs().stream().allMatch(input -> input.type().dtype() == dtype);
    if (!floats || !covers(step.programs(), step.element(), dtype, step.inputs().size())) {
      return Optional.empty();
    }
    FoldKernel kernel =
        new FoldKernel(
            step.programs(),
            step.element(),
            places.strides(),
            new ElementBlock(
                places.results(),
                Math.min(places.count(), SummationTree.BLOCK),
                places.blocks() > 1),
            isAcross(step.programs(), places));
    return kernel.instructions(kernel.vectorsAtOnce(), kernel.accumulatorsAtOnce())
            <= MOST_INSTRUCTIONS
        ? Optional.of(kernel)
        : Optional.empty();
  }

  /** Whether an output has the dtype, and its numbers lie from the same place on as the first's. */
  private static boolean liesAs(Operand first, Operand output, DType dtype) {
    return output.type().dtype() == dtype && output.layout().offset() == first.layout().offset();
  }

  /**
   * Whether to fold across results. A fold along a result needs elements that lie one after
   * another. In the end it combines accumulators that lie in one vector, which takes long if it is
   * not a sum. So results of few elements are folded across, if there are enough of them.
   */
  private static boolean isAcross(FoldPrograms programs, FoldPlaces places) {
    int width = SummationTree.width(programs.element());
    boolean along =
        width % VectorCode.lanes(programs.element()) == 0
            && places.strides().stream()
                .allMatch(strides -> strides.element() <= 1 && strides.element() >= 0);
    boolean sums = programs.combine().code().stream().allMatch(one -> one.op() == LaneOp.ADD);
    int few = sums ? 2 : width * 3 / 4;
    return !along || (places.results() >= width && places.count() <= few);
  }

  /** The same kernel for another number of elements. */
  FoldKernel withCount(int count) {
    return new FoldKernel(
        programs, element, inputs, new ElementBlock(block.results, count, block.isPart), across);
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

  /** The float type of all numbers. */
  DType dtype() {
    return programs.element();
  }

  /**
   * How many vectors of results, side by side, are folded at a time. With several, elements that
   * lie far apart are read in longer pieces.
   */
  int vectorsAtOnce() {
    int vectors = across ? MOST_VECTORS_AT_ONCE : 1;
    while (vectors > 1
        && (block.results % (vectors * VectorCode.lanes(dtype())) != 0
            || instructions(vectors, MOST_ACCUMULATORS_AT_ONCE / 2) > MOST_INSTRUCTIONS)) {
      vectors /= 2;
    }
    return vectors;
  }

  /**
   * How many accumulators a result has. As many as the tree has, but for maxima and minima along:
   * these are the same in any order, so there can be more accumulators, which need not wait for
   * each other.
   */
  int accumulators() {
    int tree = SummationTree.width(dtype());
    int most = MOST_ACCUMULATORS_AT_ONCE * VectorCode.lanes(dtype());
    return isExtreme(programs.step()) && isExtreme(programs.combine()) && block.count >= most
        ? Math.max(tree, most)
        : tree;
  }

  private static boolean isExtreme(LaneProgram program) {
    return program.code().size() == 1
        && (program.code().getFirst().op() == LaneOp.MAXIMUM
            || program.code().getFirst().op() == LaneOp.MINIMUM);
  }

  /** How many accumulators a loop across works on at a time: fewer where the code gets too long. */
  int accumulatorsAtOnce() {
    int vectors = vectorsAtOnce();
    int accumulators = vectors > 1 ? MOST_ACCUMULATORS_AT_ONCE / 2 : MOST_ACCUMULATORS_AT_ONCE;
    while (across && accumulators > 1 && instructions(vectors, accumulators) > MOST_INSTRUCTIONS) {
      accumulators /= 2;
    }
    return accumulators;
  }

  /** About the number of vector instructions of the kernel. */
  private int instructions(int vectors, int accumulatorsAtOnce) {
    int take = element.code().size() + programs.step().code().size();
    int parts = accumulators() / VectorCode.lanes(dtype());
    int copies = accumulatorsAtOnce == 1 ? 4 : 4 * (accumulatorsAtOnce + 1);
    return across
        ? vectors * copies * take + 2 * programs.combine().code().size()
        : 2 * parts * take + (parts + 4) * programs.combine().code().size();
  }

  /**
   * The number of arrays that are written: the step's outputs, or one for each number of the tuple.
   */
  int outputs() {
    return block.isPart ? programs.width() : programs.finish().outputs();
  }

  /** The number of elements of a work array. */
  int workElements() {
    return (across ? SummationTree.width(dtype()) * vectorsAtOnce() : 2)
        * VectorCode.lanes(dtype());
  }

  @Override
  public void write(CodeBuilder builder) {
    new FoldCode(this, new VectorCode(builder, dtype())).write();
  }
}
