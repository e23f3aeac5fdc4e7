package io.deltagraph.training;

import io.deltagraph.random.NumberedStreams;
import io.deltagraph.runtime.NonFinite;
import io.deltagraph.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the step, the rows and the node where training has made its first number that is not
 * finite. When that is seen, the parameters are spoilt already: so they are kept now and then, and
 * the steps since then are taken again, as they are the same to the bit.
 */
final class DivergenceSearch {
  private static final long PAUSE = 1_000_000_000L;

  /** Larger models are not kept a second time in memory. */
  private static final long MOST_KEPT = 1 << 24;

  private final TrainingStep step;
  private final Samples samples;
  private final int[] numbers;
  private final TrainingOptions options;
  private @Nullable Map<String, Tensor> kept;
  private int keptEpoch;
  private long keptAt;

  /**
   * Nothing is kept yet.
   *
   * @param numbers what the rows are called
   */
  DivergenceSearch(TrainingStep step, Samples samples, int[] numbers, TrainingOptions options) {
    this.step = step;
    this.samples = samples;
    this.numbers = numbers;
    this.options = options;
  }

  /** Training begins after that epoch. */
  void begin(int epoch) {
    keep(epoch);
  }

  void epochEnded(int epoch) {
    if (kept != null && System.nanoTime() - keptAt >= PAUSE) {
      keep(epoch);
    }
  }

  private void keep(int epoch) {
    Map<String, Tensor> now = step.state();
    boolean small = now.values().stream().mapToLong(Tensor::length).sum() <= MOST_KEPT;
    kept = small ? now : null;
    keptEpoch = epoch;
    keptAt = System.nanoTime();
  }

  /**
   * Looks through a step before it is taken.
   *
   * @throws DivergedException if it makes a number that is not finite, wherever that is
   */
  void look(int epoch, int[] order, int from, int to) {
    int[] rows = Arrays.copyOfRange(order, from, to);
    Optional<NonFinite> found = step.firstNonFinite(samples.rows(rows));
    if (found.isPresent()) {
      throw DivergedException.anomaly(epoch).tracedTo(text(found.get(), epoch), named(rows));
    }
  }

  /** The same with where it came from, if that can be found: at most up to that row. */
  DivergedException explained(DivergedException seen, int lastEpoch, int lastRow) {
    Map<String, Tensor> start = kept;
    if (start == null) {
      return seen;
    }
    step.restore(start);
    int[] order = new int[samples.count()];
    int batch = options.batch().orElse(order.length);
    NumberedStreams shuffles = options.seeds().numbered("shuffle");
    for (int epoch = keptEpoch + 1; epoch <= lastEpoch; epoch++) {
      shuffles.at(epoch).permute(order);
      int end = epoch == lastEpoch ? Math.min(order.length, lastRow + 1) : order.length;
      for (int from = 0; from < end; from += batch) {
        int to = Math.min(order.length, from + batch);
        Map<String, Tensor> before = step.state();
        step.feed(samples, order, from, to);
        step.run();
        if (!Double.isFinite(step.loss()) || !isFinite(step.state())) {
          step.restore(before);
          int[] rows = Arrays.copyOfRange(order, from, to);
          Optional<NonFinite> found = step.firstNonFinite(samples.rows(rows));
          int at = epoch;
          return found.map(first -> seen.tracedTo(text(first, at), named(rows))).orElse(seen);
        }
      }
    }
    return seen;
  }

  private static boolean isFinite(Map<String, Tensor> tensors) {
    for (Tensor tensor : tensors.values()) {
      for (int i = 0; i < tensor.length(); i++) {
        if (!Double.isFinite(tensor.get(i))) {
          return false;
        }
      }
    }
    return true;
  }

  private List<Integer> named(int[] rows) {
    return Arrays.stream(rows).mapToObj(row -> numbers[row]).toList();
  }

  private static String text(NonFinite found, int epoch) {
    return found + "\n  step    of epoch " + epoch;
  }
}
