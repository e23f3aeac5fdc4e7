package io.deltagraph.data.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.deltagraph.data.Targets;
import io.deltagraph.random.RandomStream;
import io.deltagraph.random.Seeds;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Beside figures of scikit-learn 1.2.1, and beside slow definitions that compare every pair of rows
 * or go through all rows for each class. The figures are what this prints:
 *
 * <pre>
 * t=[0,0,0,1,1,2,2,2,2,1]; p=[0,1,0,1,1,2,0,2,1,1]
 * q=[[.6,.3,.1],[.3,.5,.2],[.5,.25,.25],[.2,.6,.2],[.2,.4,.4],[.1,.1,.8],[.5,.2,.3],[.25,.25,.5],[.2,.5,.3],[.3,.5,.2]]
 * balanced_accuracy_score(t,p); precision_score(t,p,average=a); recall_score(...); f1_score(...)   # a macro, weighted
 * roc_auc_score(t,q,multi_class='ovr',average='macro'); log_loss(t,q)
 * tb=[0,1,1,0,1,0,0,1]; s=[.1,.4,.35,.4,.8,.1,.35,.4]; roc_auc_score(tb,s); log_loss(tb,s)
 * y=[3,-.5,2,7]; z=[2.5,0,2,8]; r2_score(y,z); mean_squared_error(y,z)**.5; mean_absolute_error(y,z)
 * </pre>
 */
class MetricTest {
  private static final List<String> NAMES = List.of("a", "b", "c");
  private static final Targets.Classes TRUTH =
      new Targets.Classes(List.of(0, 0, 0, 1, 1, 2, 2, 2, 2, 1), NAMES);
  private static final Targets.Classes SAID =
      new Targets.Classes(List.of(0, 1, 0, 1, 1, 2, 0, 2, 1, 1), NAMES);
  private static final Tensor CHANCES =
      Tensor.matrix(
          new double[][] {
            {.6, .3, .1}, {.3, .5, .2}, {.5, .25, .25}, {.2, .6, .2}, {.2, .4, .4},
            {.1, .1, .8}, {.5, .2, .3}, {.25, .25, .5}, {.2, .5, .3}, {.3, .5, .2}
          });

  private static double value(Metric metric) {
    Map<Metric, Score> scores = Metric.scores(List.of(metric), TRUTH, SAID, Optional.of(CHANCES));
    return scores.get(metric).number().orElseThrow();
  }

  private static double of(int[] truth, double[] scores, int classes) {
    return RocAuc.of(truth, scores, classes).number().orElseThrow();
  }

  @Test
  void classesAsScikitLearnScoresThem() {
    assertThat(value(Metric.ACCURACY)).isEqualTo(0.7);
    assertThat(value(Metric.BALANCED_ACCURACY)).isEqualTo(0.7222222222222222, within(1e-15));
    assertThat(value(Metric.PRECISION_MACRO)).isEqualTo(0.7555555555555555, within(1e-15));
    assertThat(value(Metric.RECALL_MACRO)).isEqualTo(0.7222222222222222, within(1e-15));
    assertThat(value(Metric.F1_MACRO)).isEqualTo(0.6944444444444443, within(1e-15));
    assertThat(value(Metric.PRECISION_WEIGHTED)).isEqualTo(0.78, within(1e-15));
    assertThat(value(Metric.RECALL_WEIGHTED)).isEqualTo(0.7, within(1e-15));
    assertThat(value(Metric.F1_WEIGHTED)).isEqualTo(0.6916666666666667, within(1e-15));
    assertThat(value(Metric.ROC_AUC)).isEqualTo(0.8928571428571428, within(1e-15));
    assertThat(value(Metric.LOG_LOSS)).isEqualTo(0.785244548537799, within(1e-15));
  }

  @Test
  void twoClassesWithTiesAsScikitLearnScoresThem() {
    int[] truth = {0, 1, 1, 0, 1, 0, 0, 1};
    double[] chances = {.1, .4, .35, .4, .8, .1, .35, .4};
    assertThat(of(truth, both(chances), 2)).isEqualTo(0.84375);
    Map<Metric, Score> scores =
        Metric.scores(
            List.of(Metric.LOG_LOSS, Metric.ROC_AUC),
            new Targets.Classes(List.of(0, 1, 1, 0, 1, 0, 0, 1), List.of("no", "yes")),
            new Targets.Classes(List.of(0, 0, 0, 0, 1, 0, 0, 0), List.of("no", "yes")),
            Optional.of(rows(both(chances))));
    assertThat(scores.keySet()).containsExactly(Metric.LOG_LOSS, Metric.ROC_AUC);
    assertThat(scores.get(Metric.LOG_LOSS).number().orElseThrow())
        .isEqualTo(0.5322345888419119, within(1e-15));
    assertThat(scores.get(Metric.ROC_AUC)).isEqualTo(new Score.Defined(0.84375));
  }

  private static Tensor rows(double[] pairs) {
    return Tensor.of(TensorType.of(DType.F64, pairs.length / 2, 2), pairs);
  }

  private static double[] both(double[] chances) {
    double[] both = new double[2 * chances.length];
    for (int i = 0; i < chances.length; i++) {
      both[2 * i] = 1 - chances[i];
      both[2 * i + 1] = chances[i];
    }
    return both;
  }

  @Test
  void numbersAsScikitLearnScoresThem() {
    Map<Metric, Score> scores =
        Metric.scores(
            List.of(Metric.R2, Metric.RMSE, Metric.MAE),
            new Targets.Numbers(List.of(3.0, -0.5, 2.0, 7.0)),
            new Targets.Numbers(List.of(2.5, 0.0, 2.0, 8.0)),
            Optional.empty());
    assertThat(scores.get(Metric.R2).number().orElseThrow())
        .isEqualTo(0.9486081370449679, within(1e-15));
    assertThat(scores.get(Metric.RMSE).number().orElseThrow())
        .isEqualTo(0.6123724356957945, within(1e-15));
    assertThat(scores.get(Metric.MAE)).isEqualTo(new Score.Defined(0.5));
  }

  /** The chance that one of the class beats one of the others, over all pairs. */
  private static double pairs(int[] truth, double[] scores, int classes, int label) {
    double wins = 0;
    long pairs = 0;
    for (int i = 0; i < truth.length; i++) {
      for (int j = 0; j < truth.length; j++) {
        if (truth[i] == label && truth[j] != label) {
          double own = scores[i * classes + label];
          double other = scores[j * classes + label];
          wins += own > other ? 1 : own == other ? 0.5 : 0;
          pairs++;
        }
      }
    }
    return wins / pairs;
  }

  @Test
  void theAreaIsTheShareOfPairsInOrderAlsoWithManyTies() {
    for (long seed = 1; seed <= 40; seed++) {
      RandomStream random = Seeds.of(seed).derive("roc").stream();
      int classes = 2 + (int) (seed % 3);
      int[] truth = new int[60];
      double[] scores = new double[60 * classes];
      int values = seed % 2 == 0 ? 4 : 1_000_000;
      for (int i = 0; i < truth.length; i++) {
        truth[i] = i < classes ? i : random.nextInt(classes);
        for (int k = 0; k < classes; k++) {
          scores[i * classes + k] = random.nextInt(values) * (random.nextInt(2) == 0 ? 1.0 : -1.0);
        }
      }
      double mean = 0;
      for (int k = 0; k < classes; k++) {
        mean += pairs(truth, scores, classes, k) / classes;
      }
      double expected = classes == 2 ? pairs(truth, scores, 2, 1) : mean;
      assertThat(of(truth, scores, classes)).as("seed %s", seed).isEqualTo(expected, within(1e-12));
    }
  }

  @Test
  void whatIsNotDefinedSaysWhy() {
    Score one = RocAuc.of(new int[] {1, 1}, new double[] {.5, .5, .2, .8}, 2);
    assertThat(one).isEqualTo(new Score.Undefined("all rows are of one class"));
    assertThat(RocAuc.of(new int[0], new double[0], 3))
        .isEqualTo(new Score.Undefined("all rows are of one class"));
    assertThat(Metric.scores(List.of(Metric.ROC_AUC), TRUTH, SAID, Optional.empty()))
        .containsEntry(Metric.ROC_AUC, new Score.Undefined("the model gives no probabilities"));
    Tensor broken = Tensor.filled(CHANCES.type(), Double.NaN);
    assertThat(Metric.scores(List.of(Metric.LOG_LOSS), TRUTH, SAID, Optional.of(broken)))
        .containsEntry(Metric.LOG_LOSS, new Score.Undefined("a probability is NaN"));
    assertThatThrownBy(() -> Metric.scores(List.of(Metric.R2), TRUTH, SAID, Optional.empty()))
        .hasMessage("The metric 'r2' does not score classes.");
    Targets numbers = new Targets.Numbers(List.of(1.0));
    assertThatThrownBy(
            () -> Metric.scores(List.of(Metric.ROC_AUC), numbers, numbers, Optional.empty()))
        .hasMessage("The metric 'roc_auc' does not score numbers.");
    assertThatThrownBy(() -> RocAuc.of(new int[] {1}, new double[] {1}, 2))
        .hasMessage("1 scores for 1 rows of 2 classes");
    assertThatThrownBy(() -> RocAuc.of(new int[] {1}, new double[] {0, Double.NaN}, 2))
        .hasMessage("the score of row 0 is NaN");
  }

  @Test
  void aClassThatIsNeverPredictedIsLeftOutOfPrecision() {
    Targets.Classes said = new Targets.Classes(List.of(0, 0, 0, 1, 1, 0, 0, 0, 0, 1), NAMES);
    // a: 3 of 7; b: 3 of 3; c is never predicted: its recall and F1 are 0.
    Map<Metric, Score> scores =
        Metric.scores(List.of(Metric.values()).subList(0, 8), TRUTH, said, Optional.empty());
    assertThat(scores.get(Metric.PRECISION_MACRO).number().orElseThrow())
        .isEqualTo((3.0 / 7 + 1) / 2, within(1e-15));
    assertThat(scores.get(Metric.PRECISION_WEIGHTED).number().orElseThrow())
        .isEqualTo((3 * 3.0 / 7 + 3) / 6, within(1e-15));
    assertThat(scores.get(Metric.F1_WEIGHTED).number().orElseThrow())
        .isEqualTo((3 * 0.6 + 3 * 1.0) / 10, within(1e-15));
    assertThat(scores.get(Metric.BALANCED_ACCURACY)).isEqualTo(scores.get(Metric.RECALL_MACRO));
  }
}
