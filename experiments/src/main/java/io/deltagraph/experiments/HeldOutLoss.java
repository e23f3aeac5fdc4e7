package io.deltagraph.experiments;

import static java.util.Objects.requireNonNull;

import io.deltagraph.models.Network;
import io.deltagraph.runtime.BoundSession;
import io.deltagraph.runtime.Session;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.training.StoredRows;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The loss on the held-out rows, where it was asked for and rows are held out: one plan for all
 * epochs, whose rows are set once.
 */
final class HeldOutLoss implements AutoCloseable {
  private static final int AT_A_TIME = 1 << 13;

  private final Experiment.Labelled rows;
  private final @Nullable Session session;
  private @Nullable BoundSession plan;

  private HeldOutLoss(Experiment.Labelled rows, @Nullable Session session) {
    this.rows = rows;
    this.session = session;
  }

  static HeldOutLoss of(Experiment experiment, Network network, Runs.Curves curves) {
    boolean wanted =
        switch (curves) {
          case TRAINING -> false;
          case HELD_OUT_TOO -> !experiment.split().test().isEmpty();
        };
    return new HeldOutLoss(experiment.held(), wanted ? Session.open(network.evaluation()) : null);
  }

  /** The loss with those parameters; they are asked for only where it is wanted. */
  OptionalDouble after(Supplier<Map<String, Tensor>> parameters) {
    if (session == null) {
      return OptionalDouble.empty();
    }
    session.setAll(parameters.get());
    if (rows.stored().isPresent()) {
      return OptionalDouble.of(byParts(session, rows.stored().get()));
    }
    BoundSession bound = plan;
    if (bound == null) {
      plan = bound = session.bind(rows.samples().tensors());
    }
    bound.run();
    return OptionalDouble.of(bound.scalar(Network.LOSS));
  }

  private static double byParts(Session session, StoredRows rows) {
    double total = 0;
    for (int from = 0; from < rows.count(); from += AT_A_TIME) {
      int to = Math.min(rows.count(), from + AT_A_TIME);
      Tensor loss = session.run(rows.rows(from, to).tensors()).get(Network.LOSS);
      total += requireNonNull(loss).item() * (to - from);
    }
    return total / rows.count();
  }

  @Override
  public void close() {
    if (session != null) {
      session.close();
    }
  }
}
