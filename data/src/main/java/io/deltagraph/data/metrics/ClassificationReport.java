package io.deltagraph.data.metrics;

import java.util.List;
import java.util.Optional;

/**
 * The scores of a classifier.
 *
 * @param confusion the counts that all scores but the log loss come from
 * @param logLoss the log loss, where there are probabilities
 */
public record ClassificationReport(ConfusionMatrix confusion, Optional<Score> logLoss)
    implements ScoreReport {
  /** Scores predicted classes. */
  public static ClassificationReport of(
      List<Integer> truth, List<Integer> predicted, List<String> classNames) {
    return new ClassificationReport(
        ConfusionMatrix.of(truth, predicted, classNames), Optional.empty());
  }

  /** Returns the same with a log loss. */
  public ClassificationReport withLogLoss(Score score) {
    return new ClassificationReport(confusion, Optional.of(score));
  }

  /** Returns the share of rows that are right. */
  public Score accuracy() {
    return confusion.accuracy();
  }

  @Override
  public int rows() {
    return confusion.rows();
  }
}
