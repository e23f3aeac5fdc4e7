package io.deltagraph.simd;

import com.google.common.collect.ImmutableList;
import io.deltagraph.backend.Backend;
import io.deltagraph.backend.Task;
import io.deltagraph.plan.Step;
import io.deltagraph.plan.SummationTree;
import io.deltagraph.tensor.Buffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A fold; a unit is a block of some vectors of results, or of a result. */
final class FoldTask implements Task {
  private final FoldPlaces places;
  private final Fold fold;
  private final Kernel kernel;
  private final Kernel lastBlock;
  private final Object[][] arrays;
  private final Buffer[] sources;
  private final Buffer[][] gathered;
  private final int[][] offsets;
  private final int target;
  private final int unitsOfBlock;

  private FoldTask(
      Step.Fold step,
      FoldPlaces places,
      Fold fold,
      Kernels kernels,
      List<Object> outputs,
      Backend.Memory memory) {
    this.places = places;
    this.fold = fold;
    kernel = kernels.get(fold, fold::write);
    Fold last = fold.withCount(places.count() - (places.blocks() - 1) * SummationTree.BLOCK);
    lastBlock = kernels.get(last, last::write);
    int vectors = fold.strip() * VectorCode.lanes(fold.dtype());
    unitsOfBlock = fold.across() ? Math.ceilDiv(fold.results(), vectors) : fold.results();
    target = fold.isPart() ? 0 : step.output().layout().offset();
    sources = step.inputs().stream().map(memory::of).toArray(Buffer[]::new);
    gathered = new Buffer[memory.workers()][sources.length];
    arrays = new Object[memory.workers()][];
    offsets = new int[memory.workers()][fold.inputs().size() + 1];
    for (int worker = 0; worker < arrays.length; worker++) {
      List<Object> all = new ArrayList<>();
      for (int i = 0; i < sources.length; i++) {
        boolean apart = places.apart().get(i).isPresent();
        gathered[worker][i] =
            apart ? Backend.Memory.allocate(fold.dtype(), fold.count()) : sources[i];
        all.add(gathered[worker][i].array());
      }
      all.addAll(outputs);
      for (int t = 0; t < fold.programs().width(); t++) {
        all.add(Buffer.allocate(fold.dtype(), fold.scratch()).array());
      }
      int lanes = VectorCode.lanes(fold.dtype());
      for (Fold.Walk walk : fold.inputs()) {
        all.add(places(lanes, lanes, walk));
      }
      for (Fold.Walk walk : fold.inputs()) {
        all.add(places(lanes, fold.results() % lanes, walk));
      }
      arrays[worker] = all.toArray();
    }
  }

  /** The tasks of a step, if there are vectors for it. */
  static Optional<List<Task>> of(Step.Fold step, Kernels kernels, Backend.Memory memory) {
    return FoldPlaces.of(step)
        .flatMap(places ->
            Fold.of(step, places).map(fold -> tasks(step, places, fold, kernels, memory)));
  }

  private static List<Task> tasks(
      Step.Fold step, FoldPlaces places, Fold fold, Kernels kernels, Backend.Memory memory) {
    Object output = memory.of(step.output()).array();
    if (!fold.isPart()) {
      return ImmutableList.of(new FoldTask(step, places, fold, kernels, List.of(output), memory));
    }
    List<Object> totals = new ArrayList<>();
    int all = Math.multiplyExact(step.output().elements(), places.blocks());
    for (int t = 0; t < fold.outputs(); t++) {
      totals.add(Backend.Memory.allocate(fold.dtype(), all).array());
    }
    return ImmutableList.of(
        new FoldTask(step, places, fold, kernels, totals, memory),
        new FoldTotalsTask(step, places, kernels, totals, memory));
  }

  /** Where the results of a vector begin; those of lanes that are not used at the first one. */
  private static int[] places(int lanes, int used, Fold.Walk walk) {
    int[] places = new int[lanes];
    Arrays.setAll(places, lane -> lane < used ? lane * walk.result() : 0);
    return places;
  }

  @Override
  public int units() {
    return places.groups() * places.blocks() * unitsOfBlock;
  }

  @Override
  public long cost() {
    int gathers = 8 * (int) places.apart().stream().filter(Optional::isPresent).count();
    int each = gathers + fold.element().code().size() + fold.programs().step().code().size() + 1;
    long elements = (long) places.groups() * fold.results() * places.count();
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
        at[i] = place(i, group, block, worker);
      }
      at[at.length - 1] = target + number * fold.results();
      int first = unit % unitsOfBlock;
      int end = Math.min(unitsOfBlock, first + to - unit);
      (block == blocks - 1 ? lastBlock : kernel).run(arrays[worker], at, first, end);
      unit += end - first;
    }
  }

  /** Where a block of an input's elements begins, which may have to be gathered first. */
  private int place(int input, int group, int block, int worker) {
    int start = places.starts().get(input).get(group);
    int first = block * SummationTree.BLOCK;
    if (places.apart().get(input).isEmpty()) {
      return start + first * fold.inputs().get(input).next();
    }
    int count = Math.min(fold.count(), places.count() - first);
    Buffer to = gathered[worker][input];
    places.apart().get(input).get().copy(sources[input], start, first, count, to, 0);
    return 0;
  }
}
