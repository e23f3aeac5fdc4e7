package io.deltagraph.reference;

import com.google.common.collect.ImmutableList;
import io.deltagraph.backend.Backend;
import io.deltagraph.backend.CopyTask;
import io.deltagraph.backend.RowProduct;
import io.deltagraph.backend.SharedRows;
import io.deltagraph.backend.Task;
import io.deltagraph.plan.Step;
import java.util.List;
import java.util.Optional;

/** The backend in plain loops, whose bits define those of every other one. */
public final class ReferenceBackend implements Backend {
  private static final RowProduct PRODUCT_LOOPS = new ProductLoops();

  /** The backend. */
  public ReferenceBackend() {}

  @Override
  public String name() {
    return "plain loops";
  }

  @Override
  public int speed() {
    return 0;
  }

  @Override
  public boolean isReference() {
    return true;
  }

  /** The tasks of any step. */
  @Override
  public Optional<List<Task>> tasks(Step step, Memory memory) {
    return Optional.of(
        switch (step) {
          case Step.Loop loop -> ImmutableList.of(new PointwiseTask(loop, memory));
          case Step.Fold fold -> fold(FoldShape.of(fold, memory), memory.workers());
          case Step.Rows rows ->
              rows.parts().stream()
                  .flatMap(part -> tasks(part, memory).orElseThrow().stream())
                  .collect(ImmutableList.toImmutableList());
          case Step.Product product -> ProductTask.of(product, memory, PRODUCT_LOOPS);
          case Step.Copy copy -> ImmutableList.of(CopyTask.of(copy, memory));
          case Step.Call call -> ImmutableList.of(new CallTask(call, memory));
        });
  }

  @Override
  public Optional<List<Task>> tasks(Step.Product step, Memory memory, RowProduct inner) {
    return Optional.of(ProductTask.of(step, memory, inner));
  }

  @Override
  public Optional<SharedRows> rows() {
    return Optional.of(new SharedRows(() -> PRODUCT_LOOPS));
  }

  /** The way that fills more lanes: both give the same bits. */
  private static List<Task> fold(FoldShape shape, int workers) {
    return FoldAlongTask.lanes(shape) > Math.min(shape.outputs(), LaneMachine.BLOCK)
        ? FoldAlongTask.of(shape, workers)
        : ImmutableList.of(new FoldAcrossTask(shape, workers));
  }
}
