package io.deltagraph.training;

/** Training has reached a loss or a parameter that is no finite number. */
public final class DivergedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String happened;

  private DivergedException(String happened, String advice) {
    super(happened + " " + advice);
    this.happened = happened;
  }

  private static DivergedException of(String what, double value, int epoch) {
    return new DivergedException(
        "Training diverged: " + what + " is " + value + " in epoch " + epoch + ".",
        "Lower the learning rate, standardise the features, or clip the gradients.");
  }

  static DivergedException loss(int epoch, double loss) {
    return of("the loss", loss, epoch);
  }

  static DivergedException parameter(int epoch, String name, double value) {
    return of("a number of " + name, value, epoch);
  }

  /** The same with other advice, of one who knows what can be changed; in sentences. */
  public DivergedException advising(String advice) {
    DivergedException other = new DivergedException(happened, advice);
    other.initCause(this);
    return other;
  }
}
