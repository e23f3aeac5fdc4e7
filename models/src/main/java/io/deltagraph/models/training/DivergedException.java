package io.deltagraph.models.training;

/** Training has reached a loss that is no finite number. */
public final class DivergedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DivergedException(int epoch, double loss) {
    super(
        "Training diverged: the loss is "
            + loss
            + " in epoch "
            + epoch
            + ". Lower the learning rate, standardise the features, or clip the gradients.");
  }
}
