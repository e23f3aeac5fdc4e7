package io.deltagraph.derivations.marking;

import io.deltagraph.graph.Value;
import java.util.List;
import java.util.Optional;

/** A factor that reductions differ by, and what else gradients are multiplied by in mistakes. */
enum Factor {
  TWO("2", 2, 0, 0),
  HALF("1/2", 0.5, 0, 0),
  N("n", 1, 1, 0),
  PER_N("1/n", 1, -1, 0),
  K("k", 1, 0, 1),
  PER_K("1/k", 1, 0, -1),
  NK("nk", 1, 1, 1),
  PER_NK("1/(nk)", 1, -1, -1),
  N_PER_K("n/k", 1, 1, -1),
  K_PER_N("k/n", 1, -1, 1);

  private static final double CLOSE = 1e-9;

  private final String text;
  private final double number;
  private final int samples;
  private final int outputs;

  Factor(String text, double number, int samples, int outputs) {
    this.text = text;
    this.number = number;
    this.samples = samples;
    this.outputs = outputs;
  }

  String text() {
    return text;
  }

  /** The power of n and that of k. */
  List<Integer> powers() {
    return List.of(samples, outputs);
  }

  /** Whether it is one that another reduction makes. */
  boolean isReduction() {
    return number == 1;
  }

  double value(Scene scene, int batch) {
    int n = scene.rows(batch);
    return number * Math.pow(n, samples) * Math.pow(scene.plan().outputs(), outputs);
  }

  /** A value times this. */
  Value times(Scene scene, Value value) {
    Value result = value;
    Value n = scene.samples();
    result = samples > 0 ? result.times(n) : samples < 0 ? result.over(n) : result;
    double k = scene.plan().outputs();
    result = outputs > 0 ? result.times(k) : outputs < 0 ? result.over(k) : result;
    return number == 1 ? result : result.times(number);
  }

  /** The first that has those values on the batches. */
  static Optional<Factor> of(Scene scene, List<Double> values) {
    for (Factor factor : values()) {
      boolean fits = scene.plan().outputs() != 1 || factor.outputs == 0;
      for (int batch = 0; batch < values.size() && fits; batch++) {
        double value = factor.value(scene, batch);
        fits = Math.abs(values.get(batch) - value) <= CLOSE * value;
      }
      if (fits) {
        return Optional.of(factor);
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
