package io.deltagraph.training;

import static java.util.Objects.requireNonNull;

import io.deltagraph.models.Model;
import io.deltagraph.models.Network;
import io.deltagraph.random.Seeds;
import io.deltagraph.runtime.Session;
import io.deltagraph.tensor.Tensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** The rows that are not trained on, and the loss on them: a part of them at a time. */
final class ValidationRows implements AutoCloseable {
  private static final int AT_A_TIME = 1 << 13;

  private final Samples rows;
  private final Session session;

  private ValidationRows(Model model, Samples rows, Session.Options options) {
    this.rows = rows;
    this.session = Session.open(model.evaluation(), options);
  }

  /** The numbers of the rows to validate on, ascending. */
  static int[] chosen(int count, Stopping stopping, Seeds seeds) {
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

  static ValidationRows of(Model model, Samples rows, Session.Options options) {
    return new ValidationRows(model, rows, options);
  }

  /** The loss with those parameters, as it is outside of training. */
  double loss(Map<String, Tensor> parameters) {
    session.setAll(parameters);
    return loss(session, rows);
  }

  /** The loss on some rows with the parameters that are set. */
  static double loss(Session session, Samples rows) {
    double total = 0;
    for (int from = 0; from < rows.count(); from += AT_A_TIME) {
      int to = Math.min(rows.count(), from + AT_A_TIME);
      Map<String, Tensor> part = new HashMap<>();
      for (Map.Entry<String, Tensor> entry : rows.tensors().entrySet()) {
        part.put(entry.getKey(), entry.getValue().rows(from, to));
      }
      total += requireNonNull(session.run(part).get(Network.LOSS)).item() * (to - from);
    }
    return total / rows.count();
  }

  @Override
  public void close() {
    session.close();
  }
}
