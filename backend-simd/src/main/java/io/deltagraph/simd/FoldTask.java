package io.deltagraph.simd;

import com.google.common.collect.ImmutableList;
import io.deltagraph.backend.Backend;
import io.deltagraph.backend.Task;
import io.deltagraph.plan.Operand;
import io.deltagraph.plan.Step;
import io.deltagraph.plan.SummationTree;
import io.deltagraph.tensor.TensorBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Folds the blocks of all results; a unit is a unit of the kernel for one block. Where results have
 * more than one block, it stores the totals of the blocks, from which {@link FoldTotalsTask} makes
 * the results.
 */
final class FoldTask implements Task {
  private final FoldPlaces places;
  private final FoldKernel fold;
  private final GeneratedKernel kernel;
  private final GeneratedKernel lastBlock;
  private final Object[][] arrays;
  private final TensorBuffer[] sources;
  private final TensorBuffer[][] gathered;
  private final int[][] offsets;
  private final int target;
  private final int unitsOfBlock;

  private FoldTask(
      Step.Fold step,
      FoldPlaces places,
      FoldKernel fold,
      List<Object> outputs,
      TaskContext context) {
    this.places = places;
    this.fold = fold;
    kernel = context.kernels().get(fold);
    lastBlock =
        context
            .kernels()
            .get(fold.withCount(places.count() - (places.blocks() - 1) * SummationTree.BLOCK));
    int results = fold.block().results();
    int lanes = VectorCode.lanes(fold.dtype());
    unitsOfBlock = fold.across() ? Math.ceilDiv(results, fold.vectorsAtOnce() * lanes) : results;
    target = fold.block().isPart() ? 0 : step.output().layout().offset();
    int workers = context.memory().workers();
    sources = step.inputs().stream().map(context.memory()::of).toArray(TensorBuffer[]::new);
    gathered = new TensorBuffer[workers][sources.length];
    arrays = new Object[workers][];
    offsets = new int[workers][sources.length + 1];
    for (int worker = 0; worker < workers; worker++) {
      List<Object> all = new ArrayList<>();
      for (int i = 0; i < sources.length; i++) {
        boolean scattered = places.scattered().get(i).isPresent();
        gathered[worker][i] =
            scattered ? Backend.Memory.allocate(fold.dtype(), fold.block().count()) : sources[i];
        all.add(gathered[worker][i].array());
      }
      all.addAll(outputs);
      for (int t = 0; t < fold.programs().width(); t++) {
        all.add(TensorBuffer.allocate(fold.dtype(), fold.workElements()).array());
      }
      for (FoldStrides strides : fold.inputs()) {
        all.add(distances(lanes, lanes, strides));
      }
      for (FoldStrides strides : fold.inputs()) {
        all.add(distances(lanes, results % lanes, strides));
      }
      arrays[worker] = all.toArray();
    }
  }

  /** The tasks of a step; empty if vectors cannot compute it. */
  static Optional<List<Task>> of(Step.Fold step, TaskContext context) {
    return FoldPlaces.of(step)
        .flatMap(
            places -> FoldKernel.of(step, places).map(fold -> tasks(step, places, fold, context)));
  }

  private static List<Task> tasks(
      Step.Fold step, FoldPlaces places, FoldKernel fold, TaskContext context) {
    if (!fold.block().isPart()) {
      List<Object> outputs = arrays(step.outputs(), context);
      return ImmutableList.of(new FoldTask(step, places, fold, outputs, context));
    }
    List<Object> totals = new ArrayList<>();
    int all = Math.multiplyExact(step.output().elements(), places.blocks());
    for (int t = 0; t < fold.outputs(); t++) {
      totals.add(Backend.Memory.allocate(fold.dtype(), all).array());
    }
    return ImmutableList.of(
        new FoldTask(step, places, fold, totals, context),
        new FoldTotalsTask(step, places, totals, context));
  }

  /** The arrays that values lie in. */
  static List<Object> arrays(List<Operand> operands, TaskContext context) {
    return operands.stream().<Object>map(operand -> context.memory().of(operand).array()).toList();
  }

  /**
   * For each lane of a vector of results, the distance from the first result to that lane's; lanes
   * that are not used read the first result.
   */
  private static int[] distances(int lanes, int used, FoldStrides strides) {
    int[] distances = new int[lanes];
    Arrays.setAll(distances, lane -> lane < used ? lane * strides.result() : 0);
    return distances;
  }

  @Override
  public int units() {
    return places.groups() * places.blocks() * unitsOfBlock;
  }

  @Override
  public long cost() {
    int gathers = 8 * (int) places.scattered().stream().filter(Optional::isPresent).count();
    int each = gathers + fold.element().code().size() + fold.programs().step().code().size() + 1;
    long elements = (long) places.groups() * fold.block().results() * places.count();
    return elements * each / (2L * VectorCode.lanes(fold.dtype()));
  }

  @Override
  public void run(int from, int to, int worker) {
    int blocks = places.blocks();
    int[] at = offsets[worker];
    for (int unit = from; unit < to; ) {
      int number = unit / unitsOfBlock;
      int group = number / blocks;
      int block = number % blocks;
      for (int i = 0; i < sources.length; i++) {
        at[i] = start(i, group, block, worker);
      }
      at[at.length - 1] = target + number * fold.block().results();
      int first = unit % unitsOfBlock;
      int end = Math.min(unitsOfBlock, first + to - unit);
      (block == blocks - 1 ? lastBlock : kernel).run(arrays[worker], at, first, end);
      unit += end - first;
    }
  }

  /** Where an input's elements of a block begin; scattered ones are gathered first. */
  private int start(int input, int group, int block, int worker) {
    int start = places.starts().get(input).get(group);
    int first = block * SummationTree.BLOCK;
    if (places.scattered().get(input).isEmpty()) {
      return start + first * fold.inputs().get(input).element();
    }
    int count = Math.min(fold.block().count(), places.count() - first);
    TensorBuffer to = gathered[worker][input];
    places.scattered().get(input).get().copy(sources[input], start, first, count, to, 0);
    return 0;
  }
}
