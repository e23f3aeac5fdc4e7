package io.deltagraph.derivations.marking;

import io.deltagraph.check.Ratio;
import io.deltagraph.graph.Op;
import io.deltagraph.losses.LossReduction;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the reductions of costs are called. */
final class Reductions {
  private Reductions() {}

  /** How a file reduces its cost that is the net's times a factor, if that has a name. */
  static Optional<String> of(Scene scene, Optional<Ratio> factor) {
    Op<?> loss = scene.network().inputs().builder().ops().op(scene.plan().loss().id());
    Object own = attributes(loss, scene.plan().loss().attributes()).get(LossReduction.ATTRIBUTE);
    if (own == null) {
      return Optional.empty();
    }
    List<Integer> by = factor.map(Ratio::powers).orElse(List.of(0, 0));
    int n = (own.equals("sum") ? 0 : -1) + by.get(0);
    int k = (own.equals("mean_all") ? -1 : 0) + by.get(1);
    if (scene.plan().outputs() == 1) {
      k = 0;
    }
    return n == 0 && k == 0
        ? Optional.of("sum over samples")
        : n == -1 && k == 0
            ? Optional.of("mean over samples")
            : n == -1 && k == -1 ? Optional.of("mean over samples and outputs") : Optional.empty();
  }

  private static <A extends Record> Map<String, Object> attributes(
      Op<A> op, Map<String, Object> given) {
    return op.schema().write(op.schema().read(given));
  }
}
