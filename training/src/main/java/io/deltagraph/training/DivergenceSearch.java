package io.deltagraph.training;

import io.deltagraph.runtime.NonFinite;
import io.deltagraph.tensor.Tensor;
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
  private final TrainingRows rows;
  private final TrainingOptions options;
  private @Nullable Map<String, Tensor> kept;
  private int keptEpoch;
  private int keptRows;
  private long keptAt;

  /** Nothing is kept yet. */
  DivergenceSearch(TrainingStep step, TrainingRows rows, TrainingOptions options) {
    this.step = step;
    this.rows = rows;
    this.options = options;
  }

  /** Training begins after that epoch and so many rows of the next. */
  void begin(int epoch, int done) {
    keep(epoch);
    keptRows = done;
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
    keptRows = 0;
    keptAt = System.nanoTime();
  }

  /**
   * Looks through a step before it is taken.
   *
   * @throws DivergedException if it makes a number that is not finite, wherever that is
   */
  void look(int epoch, Portion portion, int from, int to) {
    Optional<NonFinite> found = step.firstNonFinite(portion.rows(from, to));
    if (found.isPresent()) {
      throw DivergedException.anomaly(epoch)
          .tracedTo(text(found.get(), epoch), portion.names(from, to));
    }
  }

  /** The same with where it came from, if that can be found: at most up to that row. */
  DivergedException explained(DivergedException seen, int lastEpoch, int lastRow) {
    Map<String, Tensor> start = kept;
    if (start == null) {
      return seen;
    }
    step.restore(start);
    for (int epoch = keptEpoch + 1; epoch <= lastEpoch; epoch++) {
      int end = epoch == lastEpoch ? Math.min(rows.count(), lastRow + 1) : rows.count();
      int done = epoch == keptEpoch + 1 ? keptRows : 0;
      while (done < end) {
        Portion portion = rows.portion(epoch, done / rows.perPortion());
        int batch = options.batch().orElse(portion.count());
        for (int from = done % rows.perPortion();
            from < portion.count() && done < end;
            from += batch) {
          int to = Math.min(portion.count(), from + batch);
          Map<String, Tensor> before = step.state();
          step.feed(portion.samples(), portion.order(), from, to);
          step.run();
          if (!Double.isFinite(step.loss()) || !isFinite(step.state())) {
            step.restore(before);
            Optional<NonFinite> found = step.firstNonFinite(portion.rows(from, to));
            return found.isPresent()
                ? seen.tracedTo(text(found.get(), epoch), portion.names(from, to))
                : seen;
          }
          done += to - from;
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

  private static String text(NonFinite found, int epoch) {
    return found + "\n  step    of epoch " + epoch;
  }
}
