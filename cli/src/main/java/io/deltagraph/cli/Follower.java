package io.deltagraph.cli;

import io.deltagraph.tensor.Tensor;
import io.deltagraph.training.TrainingListener;
import java.util.Map;
import java.util.function.Supplier;

/** Hands what training reports to what is shown and to what is saved. */
record Follower(Progress progress, Autosave autosave) implements TrainingListener {
  @Override
  public void stepped(int epoch, int rows, Tensor outputs, Tensor targets, double loss) {
    progress.stepped(epoch, rows, outputs, targets, loss);
  }

  @Override
  public void epochEnded(int epoch, double loss, Supplier<Map<String, Tensor>> parameters) {
    progress.epochEnded(epoch, loss);
    autosave.epochEnded(epoch, parameters);
  }
}
