package io.deltagraph.simd;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import com.google.common.primitives.Ints;
import io.deltagraph.backend.Strided;
import io.deltagraph.plan.Operand;
import io.deltagraph.plan.Step;
import io.deltagraph.plan.SummationTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where the elements of a fold lie. The results form groups of equal size; within a group, each
 * input goes from a result to the next by one stride.
 *
 * @param results the number of results of a group
 * @param count the number of elements of a result
 * @param strides the strides of each input within a group
 * @param starts for each input, where each group begins
 * @param scattered for each input whose elements of a result are not one stride apart, where they
 *     lie; these are gathered block by block into a buffer, to which {@code strides} then applies
 */
record FoldPlaces(
    int results,
    int count,
    List<FoldStrides> strides,
    List<ImmutableIntArray> starts,
    List<Optional<Strided>> scattered) {

  /**
   * Scattered elements are gathered only if the number of elements of a result is at least this
   * many times the number of results. With fewer, the plain loops are as fast.
   */
  private static final int WORTH_GATHERING = 16;

  /** The places of a fold; empty if there are no elements, or gathering them does not pay. */
  static Optional<FoldPlaces> of(Step.Fold step) {
    int[] sizes = step.inputs().get(0).type().shape().sizes();
    List<Integer> folded = new ArrayList<>();
    List<Integer> kept = new ArrayList<>();
    for (int axis = 0; axis < sizes.length; axis++) {
      if (sizes[axis] != 1) {
        (step.axes().contains(axis) ? folded : kept).add(axis);
      }
    }
    int count = product(sizes, folded);
    boolean oneStride = haveOneStride(step.inputs(), sizes, folded);
    int all = step.output().elements();
    if (count == 0 || all == 0 || !(oneStride || count / WORTH_GATHERING >= all)) {
      return Optional.empty();
    }
    int groups = kept.size();
    while (oneStride
        && groups > 0
        && haveOneStride(step.inputs(), sizes, kept.subList(groups - 1, kept.size()))) {
      groups--;
    }
    List<Integer> outer = kept.subList(0, groups);
    List<Integer> inner = kept.subList(groups, kept.size());
    ImmutableList.Builder<FoldStrides> strides = ImmutableList.builder();
    ImmutableList.Builder<ImmutableIntArray> starts = ImmutableList.builder();
    ImmutableList.Builder<Optional<Strided>> scattered = ImmutableList.builder();
    for (Operand input : step.inputs()) {
      boolean one = haveOneStride(ImmutableList.of(input), sizes, folded);
      strides.add(new FoldStrides(lastStride(input, inner), one ? lastStride(input, folded) : 1));
      starts.add(starts(input, sizes, outer));
      scattered.add(one ? Optional.empty() : Optional.of(strided(input, sizes, folded)));
    }
    return Optional.of(
        new FoldPlaces(
            product(sizes, inner), count, strides.build(), starts.build(), scattered.build()));
  }

  /** The number of blocks of a result. */
  int blocks() {
    return SummationTree.blocks(count);
  }

  /** The number of groups. */
  int groups() {
    return starts.get(0).length();
  }

  private static int product(int[] sizes, List<Integer> axes) {
    return axes.stream().mapToInt(axis -> sizes[axis]).reduce(1, (a, b) -> a * b);
  }

  /** Whether each input goes through all elements of some axes by one stride. */
  private static boolean haveOneStride(List<Operand> inputs, int[] sizes, List<Integer> axes) {
    for (Operand input : inputs) {
      List<Integer> strides = input.layout().strides();
      for (int i = 1; i < axes.size(); i++) {
        int inner = axes.get(i);
        if (strides.get(axes.get(i - 1)) != strides.get(inner) * sizes[inner]) {
          return false;
        }
      }
    }
    return true;
  }

  private static int lastStride(Operand input, List<Integer> axes) {
    return axes.isEmpty() ? 0 : input.layout().strides().get(axes.getLast());
  }

  private static Strided strided(Operand input, int[] sizes, List<Integer> axes) {
    int[] strides = Ints.toArray(input.layout().strides());
    return new Strided(
        0,
        axes.stream().mapToInt(axis -> sizes[axis]).toArray(),
        axes.stream().mapToInt(axis -> strides[axis]).toArray());
  }

  private static ImmutableIntArray starts(Operand input, int[] sizes, List<Integer> axes) {
    int[] starts = new int[product(sizes, axes)];
    for (int i = 0; i < starts.length; i++) {
      int rest = i;
      starts[i] = input.layout().offset();
      for (int axis : axes.reversed()) {
        starts[i] += rest % sizes[axis] * input.layout().strides().get(axis);
        rest /= sizes[axis];
      }
    }
    return ImmutableIntArray.copyOf(starts);
  }
}
