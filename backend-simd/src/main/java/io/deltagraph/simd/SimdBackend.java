package io.deltagraph.simd;

import com.google.common.collect.ImmutableList;
import io.deltagraph.backend.Backend;
import io.deltagraph.backend.RowProduct;
import io.deltagraph.backend.SharedRows;
import io.deltagraph.backend.Task;
import io.deltagraph.plan.Step;
import java.util.List;
import java.util.Optional;

/**
 * The backend on vectors of the machine's preferred size. For each kind of step, it says which
 * tasks compute it.
 *
 * <p>A <em>kernel</em> is one generated class, for one shape of loop, fold or product. Names say
 * what a class is for:
 *
 * <ul>
 *   <li>{@code …Kernel} describes a kernel: what it computes, with which sizes and strides.
 *   <li>{@code …Code} writes its bytecode.
 *   <li>{@code …Task} runs it, unit by unit, as the runtime asks.
 *   <li>{@code …Places} computes where operands lie, {@code …Strides} are distances between their
 *       elements.
 * </ul>
 *
 * <p>Where to look:
 *
 * <ul>
 *   <li>Pointwise loops: {@code LoopKernel}, {@code LoopCode}, {@code LoopTask}.
 *   <li>Folds: {@code FoldPlaces}, {@code FoldKernel} and {@code FoldCode}, with {@code
 *       FoldAcrossCode} (a lane is a result) and {@code FoldAlongCode} (a lane is an accumulator);
 *       {@code FoldTotalsKernel} for results of several blocks.
 *   <li>Products: {@code ProductAxes} makes matrices of a step, {@code ProductTiling} cuts them
 *       into panels, tiles and parts, {@code ProductBlocks} into units for the threads, {@code
 *       ProductTasks} makes the tasks. {@code TileCode} writes the register tile, the microkernel;
 *       {@code PanelPacker}, with the {@code Pack…} classes, lays operands out for it.
 *   <li>The inner loop of the plain loops' products, which serves until these tasks are compiled:
 *       {@code RowLoops}.
 *   <li>Several steps row by row: {@code RowsTask}.
 *   <li>What all kernels are written with: {@code LaneCode} for lane programs, {@code VectorCode}
 *       and {@code BitsCode} for single instructions.
 *   <li>How a class is generated, and what a rehearsal runs: {@code GeneratedKernels} and {@code
 *       RehearsalCode}. When kernels are rehearsed is up to the runtime.
 *   <li>What the machine can do at best: {@link MachineLimits}.
 *   <li>The JDK's incubating module, and when it is loaded: {@code VectorModule}.
 * </ul>
 */
public final class SimdBackend implements Backend {
  private final GeneratedKernels kernels = new GeneratedKernels();
  private final SharedRows rows = new SharedRows(SimdBackend::rowLoops);

  /**
   * The backend, without kernels so far.
   *
   * @throws IllegalStateException if the JDK's vectors are out of reach, saying which flag is
   *     missing
   */
  public SimdBackend() {
    VectorModule.require();
  }

  @Override
  public String name() {
    return "SIMD";
  }

  @Override
  public int speed() {
    return 100;
  }

  @Override
  public Optional<List<Task>> tasks(Step step, Memory memory) {
    VectorModule.load();
    return tasks(step, new TaskContext(kernels, memory));
  }

  @Override
  public Optional<List<Task>> rehearsal(Step step, Memory memory) {
    return tasks(step, new TaskContext(kernels.rehearsing(), memory));
  }

  @Override
  public Optional<SharedRows> rows() {
    return Optional.of(rows);
  }

  private static RowProduct rowLoops() {
    VectorModule.load();
    return new RowLoops();
  }

  private static Optional<List<Task>> tasks(Step step, TaskContext context) {
    return switch (step) {
      case Step.Loop loop ->
          LoopKernel.of(loop).map(kernel -> ImmutableList.of(new LoopTask(loop, kernel, context)));
      case Step.Product product -> ProductTasks.of(product, context);
      case Step.Fold fold -> FoldTask.of(fold, context);
      case Step.Rows rows -> RowsTask.of(rows, context.memory(), part -> tasks(part, context));
      case Step.Copy copy -> Optional.empty();
      case Step.Call call -> Optional.empty();
    };
  }
}
