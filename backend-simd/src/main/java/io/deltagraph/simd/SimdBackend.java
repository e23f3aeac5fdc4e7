package io.deltagraph.simd;

import com.google.common.collect.ImmutableList;
import io.deltagraph.backend.Backend;
import io.deltagraph.backend.Task;
import io.deltagraph.plan.Step;
import java.util.List;
import java.util.Optional;

/**
 * The backend on vectors of the machine's preferred size. For each kind of step, it says which
 * tasks compute it; package {@link io.deltagraph.simd} tells where to find what.
 */
public final class SimdBackend implements Backend {
  private final GeneratedKernels kernels = new GeneratedKernels();

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
