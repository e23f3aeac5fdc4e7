package io.deltagraph.experiments;

import io.deltagraph.models.Network;
import io.deltagraph.runtime.BoundSession;
import io.deltagraph.runtime.Session;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.training.Samples;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The loss on the held-out rows, where it was asked for and rows are held out: one plan for all
 * epochs, whose rows are set once.
 */
final class HeldOutLoss implements AutoCloseable {
  private final Samples rows;
  private final @Nullable Session session;
  private @Nullable BoundSession plan;

  private HeldOutLoss(Samples rows, @Nullable Session session) {
    this.rows = rows;
    this.session = session;
  }

  static HeldOutLoss of(Experiment experiment, Network network, Runs.Curves curves) {
    boolean wanted =
        switch (curves) {
          case TRAINING -> false;
          case HELD_OUT_TOO -> !experiment.split().test().isEmpty();
        };
    return new HeldOutLoss(
        experiment.held().samples(), wanted ? Session.open(network.evaluation()) : null);
  }

  /** The loss with those parameters; they are asked for only where it is wanted. */
  OptionalDouble after(Supplier<Map<String, Tensor>> parameters) {
    if (session == null) {
      return OptionalDouble.empty();
    }
    session.setAll(parameters.get());
    BoundSession bound = plan;
    if (bound == null) {
      plan = bound = session.bind(rows.tensors());
    }
    bound.run();
    return OptionalDouble.of(bound.scalar(Network.LOSS));
  }

  @Override
  public void close() {
    if (session != null) {
      session.close();
    }
  }
}
