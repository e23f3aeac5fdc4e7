package io.deltagraph.training;

import static java.util.Objects.requireNonNull;

import io.deltagraph.models.Model;
import io.deltagraph.models.Network;
import io.deltagraph.random.Seeds;
import io.deltagraph.runtime.Session;
import io.deltagraph.tensor.Tensor;
import java.util.Arrays;
import java.util.Map;

/** The rows that are not trained on, and the loss on them: a part of them at a time. */
final class ValidationRows implements AutoCloseable {
  private static final int AT_A_TIME = 1 << 13;

  private final TrainingRows rows;
  private final Session session;

  private ValidationRows(Model model, TrainingRows rows, Session.Options options) {
    this.rows = rows;
    this.session = Session.open(model.evaluation(), options);
  }

  /** The numbers of the rows to validate on, ascending. */
  static int[] chosen(int count, Stopping stopping, Seeds seeds) {
    if (stopping.validation() == 0) {
      return new int[0];
    }
    int[] order = seeds.derive("validation").stream().permutation(count);
    int[] chosen = Arrays.copyOf(order, stopping.validationRows(count));
    Arrays.sort(chosen);
    return chosen;
  }

  /** All the other numbers, ascending. */
  static int[] others(int count, int[] chosen) {
    boolean[] taken = new boolean[count];
    for (int row : chosen) {
      taken[row] = true;
    }
    int[] others = new int[count - chosen.length];
    int next = 0;
    for (int row = 0; row < count; row++) {
      if (!taken[row]) {
        others[next++] = row;
      }
    }
    return others;
  }

  static ValidationRows of(Model model, TrainingRows rows, Session.Options options) {
    return new ValidationRows(model, rows, options);
  }

  /** The loss with those parameters, as it is outside of training. */
  double loss(Map<String, Tensor> parameters) {
    session.setAll(parameters);
    return loss(session, rows.heldOut(), rows::heldOut);
  }

  /** The loss on some rows with the parameters that are set. */
  static double loss(Session session, Samples rows) {
    return loss(session, rows.count(), rows::range);
  }

  private static double loss(Session session, int count, Range rows) {
    double total = 0;
    for (int from = 0; from < count; from += AT_A_TIME) {
      int to = Math.min(count, from + AT_A_TIME);
      Map<String, Tensor> part = rows.from(from, to).tensors();
      total += requireNonNull(session.run(part).get(Network.LOSS)).item() * (to - from);
    }
    return total / count;
  }

  /** Rows by their numbers. */
  private interface Range {
    Samples from(int first, int end);
  }

  @Override
  public void close() {
    session.close();
  }
}
