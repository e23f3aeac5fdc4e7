package io.deltagraph.experiments;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableMap;
import io.deltagraph.models.Network;
import io.deltagraph.runtime.Session;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.training.Samples;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The loss on the held-out rows, where it was asked for and rows are held out. */
final class HeldOutLoss implements AutoCloseable {
  private final Network network;
  private final Samples rows;
  private final @Nullable Session session;

  private HeldOutLoss(Network network, Samples rows, @Nullable Session session) {
    this.network = network;
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
        network, experiment.held().samples(), wanted ? Session.open(network.evaluation()) : null);
  }

  /** The loss with those parameters; they are asked for only where it is wanted. */
  OptionalDouble after(Supplier<Map<String, Tensor>> parameters) {
    if (session == null) {
      return OptionalDouble.empty();
    }
    Map<String, Tensor> results =
        session
            .setAll(parameters.get())
            .run(
                ImmutableMap.of(
                    network.inputs().label(), rows.inputs(),
                    network.targets().label(), rows.targets()));
    return OptionalDouble.of(requireNonNull(results.get(Network.LOSS)).item());
  }

  @Override
  public void close() {
    if (session != null) {
      session.close();
    }
  }
}
