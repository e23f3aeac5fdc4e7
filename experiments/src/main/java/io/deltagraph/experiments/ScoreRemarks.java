package io.deltagraph.experiments;

import com.google.common.collect.ImmutableList;
import io.deltagraph.data.InputException;
import io.deltagraph.data.Targets;
import io.deltagraph.data.metrics.Metric;
import io.deltagraph.data.metrics.RegressionReport;
import io.deltagraph.data.metrics.ScoreReport;
import io.deltagraph.graph.Codomain;
import io.deltagraph.serving.Predictions;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What is odd about scores. */
final class ScoreRemarks {
  /** Targets of this spread, or this far from 0, are about where a net starts. */
  private static final double NEAR = 10;

  private ScoreRemarks() {}

  /**
   * Scores with the remarks on them.
   *
   * @param metrics those to score by besides; none means the usual ones
   * @param given what the net's outputs can be
   * @throws io.deltagraph.data.InputException for a metric of classes where there are numbers
   */
  static RunReport.Scores scores(
      RunReport.ScoredRows rows,
      List<Metric> metrics,
      Targets truth,
      Predictions predictions,
      Codomain given) {
    ScoreReport report = ScoreReport.of(truth, predictions.target());
    boolean classes = truth instanceof Targets.Classes;
    for (Metric metric : metrics) {
      if (metric.isOfClasses() != classes) {
        throw new InputException(
            "the metrics",
            InputException.quoted(metric.id()),
            classes ? "a metric of classes" : "a metric of numbers",
            "choose another one");
      }
    }
    List<Metric> wanted = metrics.isEmpty() ? usual(classes, predictions) : metrics;

    ImmutableList.Builder<String> remarks = ImmutableList.builder();
    if (report instanceof RegressionReport numbers && truth instanceof Targets.Numbers targets) {
      worse(numbers, targets).ifPresent(remarks::add);
      outOfReach(targets, given).ifPresent(remarks::add);
    }
    return new RunReport.Scores(
        rows,
        report,
        Metric.scores(wanted, truth, predictions.target(), predictions.probabilities()),
        remarks.build());
  }

  private static List<Metric> usual(boolean classes, Predictions predictions) {
    if (!classes) {
      return ImmutableList.of(Metric.R2, Metric.RMSE, Metric.MAE);
    }
    return predictions.probabilities().isPresent()
        ? ImmutableList.of(Metric.ACCURACY, Metric.ROC_AUC, Metric.LOG_LOSS)
        : ImmutableList.of(Metric.ACCURACY);
  }

  /** Targets that the last activation never gives. */
  private static Optional<String> outOfReach(Targets.Numbers targets, Codomain given) {
    double least =
        switch (given) {
          case REALS, NON_POSITIVE, CLASS_LOG_PROBABILITIES -> Double.NEGATIVE_INFINITY;
          case NON_NEGATIVE, EVENT_PROBABILITIES, CLASS_PROBABILITIES -> 0;
        };
    double most =
        switch (given) {
          case REALS, NON_NEGATIVE -> Double.POSITIVE_INFINITY;
          case NON_POSITIVE, CLASS_LOG_PROBABILITIES -> 0;
          case EVENT_PROBABILITIES, CLASS_PROBABILITIES -> 1;
        };
    long outside = targets.values().stream().filter(t -> t < least || t > most).count();
    return outside == 0
        ? Optional.empty()
        : Optional.of(
            outside
                + " of "
                + targets.rows()
                + " targets lie outside of what the last activation gives, "
                + (most == Double.POSITIVE_INFINITY
                    ? "0 and more"
                    : least == Double.NEGATIVE_INFINITY ? "0 and less" : "0 to 1")
                + ": take one that gives any number.");
  }

  /** Predictions that are worse than none. */
  private static Optional<String> worse(RegressionReport report, Targets.Numbers targets) {
    if (!(report.r2().number().orElse(0) < 0)) {
      return Optional.empty();
    }
    double least = targets.values().stream().mapToDouble(x -> x).min().orElse(0);
    double most = targets.values().stream().mapToDouble(x -> x).max().orElse(0);
    double centre = least + (most - least) / 2;
    double reach = (most - least) / 2;
    String worse = "R2 is below 0: the mean of the targets would be the better prediction.";
    boolean near = Math.abs(centre) <= NEAR && reach <= NEAR && reach >= 1 / NEAR;
    return Optional.of(
        near
            ? worse + " Train longer, with another learning rate, or a smaller net."
            : worse
                + String.format(
                    Locale.ROOT,
                    " The targets go from %s to %s and are learnt as they are. Scale them in the"
                        + " table, (target − %.6g) / %.6g, and scale the predictions back; or train"
                        + " longer, or with another learning rate.",
                    least,
                    most,
                    centre,
                    reach));
  }
}
