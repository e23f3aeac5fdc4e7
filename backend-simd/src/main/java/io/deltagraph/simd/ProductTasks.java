package io.deltagraph.simd;

import com.google.common.collect.ImmutableList;
import io.deltagraph.backend.Backend;
import io.deltagraph.backend.Task;
import io.deltagraph.plan.Step;
import io.deltagraph.tensor.TensorBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes the tasks of a product: those that pack whole operands, then the one that multiplies. */
final class ProductTasks {
  private ProductTasks() {}

  /** The tasks of a step; empty if vectors cannot compute it. */
  static Optional<List<Task>> of(Step.Product step, TaskContext context) {
    return ProductTiling.of(step).map(tiling -> of(step, tiling, context));
  }

  private static List<Task> of(Step.Product step, ProductTiling tiling, TaskContext context) {
    Backend.Memory memory = context.memory();
    ProductBlocks blocks = ProductBlocks.of(tiling);
    boolean swapped = tiling.matrices().swapped();
    List<TensorBuffer> buffers = new ArrayList<>();
    buffers.add(memory.of(swapped ? step.right() : step.left()));
    buffers.add(memory.of(swapped ? step.left() : step.right()));
    buffers.add(memory.of(step.output()));
    step.extras().forEach(extra -> buffers.add(memory.of(extra)));
    ImmutableList.Builder<Task> tasks = ImmutableList.builder();
    List<OperandPlaces> operands =
        List.of(OperandPlaces.first(tiling, blocks), OperandPlaces.second(tiling, blocks));
    for (int operand = 0; operand < operands.size(); operand++) {
      OperandPlaces places = operands.get(operand);
      if (places.packing() == OperandPlaces.Packing.WHOLE) {
        TensorBuffer packed = Backend.Memory.allocate(places.dtype(), places.packedElements());
        tasks.add(new PackTask(places, buffers.get(operand), packed, context));
        buffers.set(operand, packed);
      }
    }
    return tasks.add(new TileTask(tiling, blocks, buffers, context)).build();
  }
}
