package io.deltagraph.training;

/** Training has reached a loss or a parameter that is no finite number. */
public final class DivergedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private DivergedException(String what, double value, int epoch) {
    super(
        "Training diverged: "
            + what
            + " is "
            + value
            + " in epoch "
            + epoch
            + ". Lower the learning rate, standardise the features, or clip the gradients.");
  }

  static DivergedException loss(int epoch, double loss) {
    return new DivergedException("the loss", loss, epoch);
  }

  static DivergedException parameter(int epoch, String name, double value) {
    return new DivergedException("a number of " + name, value, epoch);
  }
}
