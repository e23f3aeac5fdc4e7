package io.deltagraph.training;

import com.google.common.base.Preconditions;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;

/**
 * Rows to train or score on.
 *
 * @param inputs X, n × features
 * @param targets T, n × outputs, or n class indices
 */
public record Samples(Tensor inputs, Tensor targets) {

  /** Checks that both have as many rows. */
  public Samples {
    Preconditions.checkArgument(
        inputs.size(0) == targets.size(0),
        "There are %s rows of inputs and %s of targets.",
        inputs.size(0),
        targets.size(0));
  }

  /** The number of rows. */
  public int count() {
    return inputs.size(0);
  }

  /** The rows with those numbers, in that order. */
  public Samples rows(int[] numbers) {
    return new Samples(inputs.rows(numbers), targets.rows(numbers));
  }

  /** The first rows, at most {@code most} of them. */
  public Samples first(int most) {
    int count = Math.min(most, count());
    return new Samples(inputs.rows(0, count), targets.rows(0, count));
  }

  /** The same rows with inputs, and targets unless they are indices, in another dtype. */
  public Samples in(DType dtype) {
    boolean indices = targets.type().dtype().isInteger();
    return new Samples(inputs.cast(dtype), indices ? targets : targets.cast(dtype));
  }
}
