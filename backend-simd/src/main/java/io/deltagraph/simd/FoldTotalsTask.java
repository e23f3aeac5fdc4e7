package io.deltagraph.simd;

import io.deltagraph.backend.Task;
import io.deltagraph.plan.Step;
import java.util.ArrayList;
import java.util.List;

/** Makes the results of a fold from the totals of its blocks; a unit is a vector of results. */
final class FoldTotalsTask implements Task {
  private final FoldTotalsKernel totals;
  private final int groups;
  private final GeneratedKernel kernel;
  private final Object[] arrays;
  private final int[][] offsets;
  private final int target;

  /**
   * Prepares the task.
   *
   * @param blockTotals for each number of the tuple, the array with the totals of all blocks
   */
  FoldTotalsTask(Step.Fold step, FoldPlaces places, List<Object> blockTotals, TaskContext context) {
    totals =
        new FoldTotalsKernel(step.programs(), places.results(), places.count(), places.blocks());
    groups = places.groups();
    kernel = context.kernels().get(totals);
    List<Object> all = new ArrayList<>(blockTotals);
    all.addAll(FoldTask.arrays(step.outputs(), context));
    arrays = all.toArray();
    offsets = new int[context.memory().workers()][2];
    target = step.output().layout().offset();
  }

  @Override
  public int units() {
    return groups * vectors();
  }

  private int vectors() {
    return Math.ceilDiv(totals.results(), VectorCode.lanes(totals.dtype()));
  }

  @Override
  public long cost() {
    int each = totals.programs().combine().code().size() + 3;
    return (long) units() * totals.blocks() * each;
  }

  @Override
  public void run(int from, int to, int worker) {
    int[] at = offsets[worker];
    for (int unit = from; unit < to; ) {
      int group = unit / vectors();
      int first = unit % vectors();
      int end = Math.min(vectors(), first + to - unit);
      at[0] = group * totals.blocks() * totals.results();
      at[1] = target + group * totals.results();
      kernel.run(arrays, at, first, end);
      unit += end - first;
    }
  }
}
