package io.deltagraph.training;

import com.google.common.collect.Iterables;
import io.deltagraph.graph.Input;
import io.deltagraph.models.Model;
import io.deltagraph.tensor.Tensor;

/** Whether the copies that training makes of rows fit in memory, asked before they are made. */
final class TrainingMemory {
  private TrainingMemory() {}

  /**
   * Refuses rows whose copies do not fit.
   *
   * @throws TooLittleMemoryException saying what they take and what to do
   */
  static void require(Samples samples, Model model, TrainingOptions options) {
    long copied = copied(samples, model, options);
    if (copied >= free()) {
      System.gc();
      require(copied, free());
    }
  }

  /** The bytes of numbers that are converted, and of all of them where some rows are held out. */
  private static long copied(Samples samples, Model model, TrainingOptions options) {
    boolean split = options.stopping().validation() > 0;
    long bytes = 0;
    for (Input input : Iterables.concat(model.inputs(), model.targets())) {
      Tensor tensor = samples.get(input.label());
      boolean converted = tensor.type().dtype() != input.dtype();
      long one = (long) tensor.length() * input.dtype().bytes();
      bytes += (converted ? one : 0) + (split ? one : 0);
    }
    return bytes;
  }

  /**
   * Refuses portions of which two do not fit: the next is read while the last is still there.
   *
   * @throws TooLittleMemoryException saying what they take and what to do
   */
  static void requirePortions(int rows, long rowBytes) {
    long bytes = 2L * rows * rowBytes;
    if (bytes >= free()) {
      System.gc();
    }
    long free = free();
    if (bytes >= free) {
      throw new TooLittleMemoryException(
          ("A portion of %s rows takes %s MB, and its successor as many, where %s MB are left: take"
                  + " fewer rows for a portion, or give Java more memory (-Xmx).")
              .formatted(rows, bytes / 2_000_000, free / 1_000_000));
    }
  }

  private static long free() {
    Runtime java = Runtime.getRuntime();
    return java.maxMemory() - (java.totalMemory() - java.freeMemory());
  }

  static void require(long bytes, long free) {
    if (bytes >= free) {
      throw new TooLittleMemoryException(
          ("Training converts or splits these rows, and the copy takes %s MB where %s MB are left:"
                  + " give Java more memory (-Xmx), give the rows in the model's dtype and hold"
                  + " none of them out, or train on a RowFile, of which a portion at a time is in"
                  + " memory.")
              .formatted(bytes / 1_000_000, free / 1_000_000));
    }
  }
}
