package io.deltagraph.simd;

import io.deltagraph.plan.Operand;
import io.deltagraph.plan.Step;
import io.deltagraph.runtime.Backend;
import io.deltagraph.runtime.Task;
import io.deltagraph.tensor.Buffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A fold; a unit is a vector of results, or a result. */
final class FoldTask implements Task {
  private final Fold fold;
  private final Kernel kernel;
  private final Object[][] arrays;
  private final int[] offsets;

  FoldTask(Step.Fold step, Fold fold, Kernel kernel, Backend.Memory memory) {
    this.fold = fold;
    this.kernel = kernel;
    List<Operand> operands = new ArrayList<>(step.inputs());
    operands.add(step.output());
    offsets = operands.stream().mapToInt(operand -> operand.layout().offset()).toArray();
    arrays = new Object[memory.workers()][];
    for (int worker = 0; worker < arrays.length; worker++) {
      List<Object> all = new ArrayList<>();
      operands.forEach(operand -> all.add(memory.of(operand).array()));
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

  /** Where the results of a vector begin; those of lanes that are not used at the first one. */
  private static int[] places(int lanes, int used, Fold.Walk walk) {
    int[] places = new int[lanes];
    Arrays.setAll(places, lane -> lane < used ? lane * walk.result() : 0);
    return places;
  }

  @Override
  public int units() {
    int lanes = VectorCode.lanes(fold.dtype());
    return fold.across() ? (fold.results() + lanes - 1) / lanes : fold.results();
  }

  @Override
  public long cost() {
    int each = fold.element().code().size() + fold.programs().step().code().size() + 1;
    return (long) fold.results() * fold.count() * each / (2L * VectorCode.lanes(fold.dtype()));
  }

  @Override
  public void run(int from, int to, int worker) {
    kernel.run(arrays[worker], offsets, from, to);
  }
}
