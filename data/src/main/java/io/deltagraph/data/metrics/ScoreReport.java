package io.deltagraph.data.metrics;

import io.deltagraph.data.Targets;

/** How good predictions are. */
public sealed interface ScoreReport permits ClassificationReport, RegressionReport {

  /** Returns the number of rows that were scored. */
  int rows();

  /**
   * Compares what is with what was predicted.
   *
   * @throws IllegalArgumentException for another number of rows, or numbers where there are classes
   */
  static ScoreReport of(Targets truth, Targets predicted) {
    if (truth instanceof Targets.Classes known && predicted instanceof Targets.Classes said) {
      return ClassificationReport.of(known.labels(), said.labels(), known.names());
    }
    if (truth instanceof Targets.Numbers known && predicted instanceof Targets.Numbers said) {
      return RegressionReport.of(known.values(), said.values());
    }
    throw new IllegalArgumentException("Classes and numbers cannot be compared.");
  }
}
