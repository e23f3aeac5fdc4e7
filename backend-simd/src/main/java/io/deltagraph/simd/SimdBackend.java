package io.deltagraph.simd;

import com.google.common.collect.ImmutableList;
import io.deltagraph.backend.Backend;
import io.deltagraph.backend.Task;
import io.deltagraph.plan.Step;
import java.util.List;
import java.util.Optional;

/** The backend in vector instructions of the machine's preferred size. */
public final class SimdBackend implements Backend {
  private final Kernels kernels = new Kernels();

  /** The backend; does not load where the JDK's vectors are out of reach. */
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
    return tasks(step, kernels, memory);
  }

  @Override
  public Optional<List<Task>> rehearsal(Step step, Memory memory) {
    return tasks(step, kernels.rehearsing(), memory);
  }

  private static Optional<List<Task>> tasks(Step step, Kernels kernels, Memory memory) {
    return switch (step) {
      case Step.Loop loop ->
          Loop.of(loop)
              .map(shape ->
                  ImmutableList.of(
                      new LoopTask(loop, shape, kernels.get(shape, shape::write), memory)));
      case Step.Product product -> ProductTask.of(product, kernels, memory);
      case Step.Fold fold -> FoldTask.of(fold, kernels, memory);
      case Step.Rows rows -> RowsTask.of(rows, memory, part -> tasks(part, kernels, memory));
      case Step.Copy copy -> Optional.empty();
      case Step.Call call -> Optional.empty();
    };
  }
}
