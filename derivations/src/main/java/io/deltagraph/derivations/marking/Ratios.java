package io.deltagraph.derivations.marking;

import io.deltagraph.check.Ratio;
import io.deltagraph.graph.Value;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Ratios in a scene. */
final class Ratios {
  private static final double CLOSE = 1e-9;

  private Ratios() {}

  /** A value times a ratio. */
  static Value times(Scene scene, Value value, Ratio ratio) {
    int samples = ratio.powers().get(0);
    int outputs = ratio.powers().get(1);
    Value result = value;
    Value n = scene.samples();
    result = samples > 0 ? result.times(n) : samples < 0 ? result.over(n) : result;
    double k = scene.plan().outputs();
    result = outputs > 0 ? result.times(k) : outputs < 0 ? result.over(k) : result;
    return ratio.isReduction() ? result : result.times(ratio.number());
  }

  /** Whether a ratio has those values on the batches. */
  static boolean fits(Scene scene, Ratio ratio, List<Double> values) {
    for (int batch = 0; batch < values.size(); batch++) {
      double value = ratio.value(scene.rows(batch), scene.plan().outputs());
      if (!(Math.abs(values.get(batch) - value) <= CLOSE * value)) {
        return false;
      }
    }
    return true;
  }

  /** The first that has those values on the batches. */
  static Optional<Ratio> of(Scene scene, List<Double> values) {
    for (Ratio ratio : Ratio.values()) {
      boolean telling = scene.plan().outputs() != 1 || ratio.powers().get(1) == 0;
      if (telling && fits(scene, ratio, values)) {
        return Optional.of(ratio);
      }
    }
    return Optional.empty();
  }

  /** The reduction that two values differ by, if they do; 2 may be k or n. */
  static Optional<Ratio> reduction(Scene scene, Likeness.@Nullable Result result) {
    if (result == null || !result.tells() || !(result.scaled() <= Likeness.ROUNDING)) {
      return Optional.empty();
    }
    List<Double> factors = result.factors();
    Optional<Ratio> first = of(scene, factors);
    if (first.isEmpty() || first.get().isReduction()) {
      return first;
    }
    for (Ratio ratio : Ratio.values()) {
      if (ratio.isReduction() && scene.plan().outputs() > 1 && fits(scene, ratio, factors)) {
        return Optional.of(ratio);
      }
    }
    return Optional.empty();
  }

  /** Whether all are one number. */
  static boolean constant(List<Double> values) {
    double first = values.getFirst();
    return first != 0
        && values.stream().allMatch(value -> Math.abs(value - first) <= CLOSE * Math.abs(first));
  }
}
