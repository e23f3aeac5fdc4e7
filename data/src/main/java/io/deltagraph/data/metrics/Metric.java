package io.deltagraph.data.metrics;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.collect.ImmutableMap.toImmutableMap;

import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.Doubles;
import com.google.common.primitives.Ints;
import io.deltagraph.data.Targets;
import io.deltagraph.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A score by its name. Means over classes, plain ({@code macro}) or weighted by the number of rows
 * of each class, are over the classes that have the score.
 */
public enum Metric {
  /** The share of rows that are right. */
  ACCURACY("accuracy", "accuracy", Of.CLASSES),
  /** The mean of the classes' recalls. */
  BALANCED_ACCURACY("balanced_accuracy", "balanced accuracy", Of.CLASSES),
  /** The mean of the classes' precisions. */
  PRECISION_MACRO("precision_macro", "precision, macro", Of.CLASSES),
  /** The mean of the classes' precisions, weighted by their rows. */
  PRECISION_WEIGHTED("precision_weighted", "precision, weighted", Of.CLASSES),
  /** The mean of the classes' recalls. */
  RECALL_MACRO("recall_macro", "recall, macro", Of.CLASSES),
  /** The mean of the classes' recalls, weighted by their rows. */
  RECALL_WEIGHTED("recall_weighted", "recall, weighted", Of.CLASSES),
  /** The mean of the classes' F1. */
  F1_MACRO("f1_macro", "F1, macro", Of.CLASSES),
  /** The mean of the classes' F1, weighted by their rows. */
  F1_WEIGHTED("f1_weighted", "F1, weighted", Of.CLASSES),
  /** The area under the ROC curve of the probabilities; see {@link RocAuc}. */
  ROC_AUC("roc_auc", "ROC AUC", Of.PROBABILITIES),
  /** {@code −(1/n) Σ ln p} of the true classes' probabilities; see {@link LogLoss}. */
  LOG_LOSS("log_loss", "log loss", Of.PROBABILITIES),
  /** {@code 1 − Σ (t − y)² / Σ (t − mean t)²}. */
  R2("r2", "R2", Of.NUMBERS),
  /** {@code √(1/n Σ (t − y)²)}, in the unit of the target. */
  RMSE("rmse", "RMSE", Of.NUMBERS),
  /** {@code 1/n Σ |t − y|}, in the unit of the target. */
  MAE("mae", "MAE", Of.NUMBERS);

  private static final Map<String, Metric> NAMED =
      Arrays.stream(values()).collect(toImmutableMap(Metric::id, metric -> metric));

  private final String id;
  private final String title;
  private final Of of;

  Metric(String id, String title, Of of) {
    this.id = id;
    this.title = title;
    this.of = of;
  }

  private enum Of {
    CLASSES,
    PROBABILITIES,
    NUMBERS
  }

  /** The name in specs and in JSON, such as {@code f1_macro}. */
  public String id() {
    return id;
  }

  /** The name in tables, such as {@code F1, macro}. */
  public String title() {
    return title;
  }

  /** Whether it scores classes; else it scores numbers. */
  public boolean isOfClasses() {
    return of != Of.NUMBERS;
  }

  /** All of them by the names in specs. */
  public static Map<String, Metric> named() {
    return NAMED;
  }

  /**
   * Scores predictions by each of some metrics, in their order.
   *
   * @param truth what is
   * @param predicted what was said of the same rows
   * @param probabilities of each class for each row, n × K, where there are any
   * @return undefined where a metric needs probabilities and there are none
   * @throws IllegalArgumentException for another number of rows, or a metric of classes for numbers
   */
  public static Map<Metric, Score> scores(
      List<Metric> metrics, Targets truth, Targets predicted, Optional<Tensor> probabilities) {
    ScoreReport report = ScoreReport.of(truth, predicted);
    ImmutableMap.Builder<Metric, Score> scores = ImmutableMap.builder();
    for (Metric metric : metrics) {
      scores.put(
          metric,
          switch (report) {
            case RegressionReport numbers -> metric.ofNumbers(numbers);
            case ClassificationReport classes ->
                metric.of == Of.PROBABILITIES
                    ? metric.ofProbabilities((Targets.Classes) truth, probabilities)
                    : metric.ofClasses(classes.confusion());
          });
    }
    return scores.buildOrThrow();
  }

  private Score ofClasses(ConfusionMatrix confusion) {
    return switch (this) {
      case ACCURACY -> confusion.accuracy();
      case BALANCED_ACCURACY, RECALL_MACRO -> confusion.macroRecall();
      case PRECISION_MACRO -> confusion.macroPrecision();
      case F1_MACRO -> confusion.macroF1();
      case PRECISION_WEIGHTED -> confusion.weightedPrecision();
      case RECALL_WEIGHTED -> confusion.weightedRecall();
      case F1_WEIGHTED -> confusion.weightedF1();
      case ROC_AUC, LOG_LOSS, R2, RMSE, MAE -> throw mismatch("classes");
    };
  }

  private Score ofNumbers(RegressionReport numbers) {
    return switch (this) {
      case R2 -> numbers.r2();
      case RMSE -> numbers.rmse();
      case MAE -> numbers.mae();
      case ACCURACY,
          BALANCED_ACCURACY,
          PRECISION_MACRO,
          PRECISION_WEIGHTED,
          RECALL_MACRO,
          RECALL_WEIGHTED,
          F1_MACRO,
          F1_WEIGHTED,
          ROC_AUC,
          LOG_LOSS ->
          throw mismatch("numbers");
    };
  }

  private Score ofProbabilities(Targets.Classes truth, Optional<Tensor> probabilities) {
    if (probabilities.isEmpty()) {
      return new Score.Undefined("the model gives no probabilities");
    }
    int classes = truth.names().size();
    double[] given = probabilities.get().toDoubles();
    checkArgument(
        given.length == (long) truth.rows() * classes,
        "%s probabilities for %s rows of %s classes",
        given.length,
        truth.rows(),
        classes);
    for (double p : given) {
      if (!(p >= 0 && p <= 1)) {
        return new Score.Undefined("a probability is " + p);
      }
    }
    return this == ROC_AUC
        ? RocAuc.of(Ints.toArray(truth.labels()), given, classes)
        : LogLoss.of(truth.labels(), Doubles.asList(given), classes);
  }

  private IllegalArgumentException mismatch(String what) {
    return new IllegalArgumentException("The metric '" + id + "' does not score " + what + ".");
  }
}
