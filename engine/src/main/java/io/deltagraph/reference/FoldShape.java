package io.deltagraph.reference;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import com.google.common.primitives.Ints;
import io.deltagraph.backend.Backend;
import io.deltagraph.backend.Strided;
import io.deltagraph.plan.LaneProgram;
import io.deltagraph.plan.Operand;
import io.deltagraph.plan.Step;
import io.deltagraph.plan.SummationTree;
import io.deltagraph.tensor.TensorBuffer;
import java.util.List;

/**
 * What both ways of folding need to know of a fold.
 *
 * @param step the step
 * @param sources what is read
 * @param targets the buffers that are filled, one for each output
 * @param outputs the number of results
 * @param count the number of elements of each
 * @param width the number of accumulators
 * @param identity the tuple of no elements
 * @param usesIndex whether the position of an element has any influence
 */
record FoldShape(
    Step.Fold step,
    List<Source> sources,
    List<TensorBuffer> targets,
    int outputs,
    int count,
    int width,
    ImmutableDoubleArray identity,
    boolean usesIndex) {

  /**
   * One input.
   *
   * @param buffer the buffer that is read
   * @param kept where the first element of each result lies
   * @param folded how far the elements of a result lie from its first one
   */
  record Source(TensorBuffer buffer, Strided kept, Strided folded) {}

  static FoldShape of(Step.Fold step, Backend.Memory memory) {
    int[] sizes = step.inputs().get(0).type().shape().sizes();
    int[] keptSizes = sizes.clone();
    int[] foldedSizes = sizes.clone();
    int count = 1;
    for (int axis = 0; axis < sizes.length; axis++) {
      if (step.axes().contains(axis)) {
        keptSizes[axis] = 1;
        count *= sizes[axis];
      } else {
        foldedSizes[axis] = 1;
      }
    }
    ImmutableList.Builder<Source> sources = ImmutableList.builder();
    for (Operand input : step.inputs()) {
      int[] strides = Ints.toArray(input.layout().strides());
      sources.add(
          new Source(
              memory.of(input),
              new Strided(input.layout().offset(), keptSizes, strides),
              new Strided(0, foldedSizes, strides)));
    }
    LaneMachine machine = new LaneMachine(step.programs().identity(), 1);
    machine.run(1);
    double[] identity = new double[step.programs().width()];
    for (int t = 0; t < identity.length; t++) {
      identity[t] = machine.output(t)[0];
    }
    return new FoldShape(
        step,
        sources.build(),
        step.outputs().stream().map(memory::of).collect(ImmutableList.toImmutableList()),
        step.output().elements(),
        count,
        SummationTree.width(step.programs().element()),
        ImmutableDoubleArray.copyOf(identity),
        reads(step.programs().step(), identity.length + 1));
  }

  private static boolean reads(LaneProgram program, int register) {
    return program.code().stream().anyMatch(code -> code.arguments().contains(register));
  }

  int tuple() {
    return identity.length();
  }

  int blocks() {
    return SummationTree.blocks(count);
  }

  long cost() {
    return (long) outputs
        * (count + width)
        * (2 + 2L * (step.element().code().size() + step.programs().step().code().size()));
  }
}
