package io.deltagraph.report.lecture;

import io.deltagraph.graph.GraphParameter;
import io.deltagraph.models.Network;
import io.deltagraph.optimizers.Optimizer;
import io.deltagraph.random.Seeds;
import io.deltagraph.runtime.Session;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.training.Samples;
import io.deltagraph.training.TrainingStep;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/**
 * The course of a training: the parameters before the first step and after some of the steps, as
 * the engine's own training step left them. Numbers that are no longer finite are kept as such.
 */
final class Course {

  /** The parameters after so many steps. */
  record Moment(int steps, Map<String, Tensor> parameters) {
    Tensor parameter(GraphParameter which) {
      Tensor tensor = parameters.get(which.label());
      if (tensor == null) {
        throw new IllegalArgumentException("No parameter " + which.label() + ".");
      }
      return tensor;
    }
  }

  private Course() {}

  /** Those parameters that a net starts with. */
  static Map<String, Tensor> initial(Network network) {
    Map<String, Tensor> initial = new LinkedHashMap<>();
    network.initial().forEach((parameter, value) -> initial.put(parameter.label(), value));
    return initial;
  }

  /**
   * Trains a net.
   *
   * @param batch rows a step
   * @param steps how many
   * @param kept after which numbers of steps the parameters are kept; the first ones always are
   * @param seeds of the order of the rows, another one in each epoch
   */
  static List<Moment> of(
      Network network,
      Optimizer optimizer,
      Samples rows,
      int batch,
      int steps,
      IntPredicate kept,
      Seeds seeds) {
    List<Moment> moments = new ArrayList<>();
    try (TrainingStep step =
        TrainingStep.byGradient(network.model(), optimizer)
            .open(EnumSet.of(TrainingStep.Watched.LOSS), Session.Options.defaults())) {
      moments.add(new Moment(0, initial(network)));
      int perEpoch = (rows.count() + batch - 1) / batch;
      int[] order = new int[0];
      for (int done = 0; done < steps; done++) {
        int within = done % perEpoch;
        if (within == 0) {
          order = seeds.derive("order", done / perEpoch).stream().permutation(rows.count());
        }
        step.feed(rows, order, within * batch, Math.min(rows.count(), (within + 1) * batch));
        step.run();
        if (kept.test(done + 1)) {
          moments.add(new Moment(done + 1, step.parameters()));
        }
      }
    }
    return moments;
  }
}
