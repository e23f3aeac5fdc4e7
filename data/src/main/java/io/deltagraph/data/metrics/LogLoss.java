package io.deltagraph.data.metrics;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkElementIndex;

import java.util.List;

/** {@code −(1/n) Σ ln p}, p being the probability given to the true class; mean over samples. */
public final class LogLoss {
  private LogLoss() {}

  /**
   * Scores probabilities of K classes.
   *
   * @param truth n classes
   * @param probabilities n × K, row after row
   * @return undefined without rows, and where a true class was given probability 0: there it is
   *     infinite
   * @throws IllegalArgumentException for another size or a number that is no probability
   */
  public static Score of(List<Integer> truth, List<Double> probabilities, int classes) {
    checkArgument(
        (long) truth.size() * classes == probabilities.size(),
        "%s probabilities for %s rows of %s classes",
        probabilities.size(),
        truth.size(),
        classes);
    double[] given = new double[truth.size()];
    for (int i = 0; i < given.length; i++) {
      given[i] =
          probabilities.get(i * classes + checkElementIndex(truth.get(i), classes, "true class"));
    }
    return mean(given);
  }

  /**
   * Scores probabilities of class 1 of two.
   *
   * @param truth n classes, 0 or 1
   * @param probabilities n probabilities of class 1
   * @return as {@link #of}
   * @throws IllegalArgumentException for another size or a number that is no probability
   */
  public static Score binary(List<Integer> truth, List<Double> probabilities) {
    checkArgument(
        truth.size() == probabilities.size(),
        "%s probabilities for %s rows",
        probabilities.size(),
        truth.size());
    double[] given = new double[truth.size()];
    for (int i = 0; i < given.length; i++) {
      double p = probabilities.get(i);
      given[i] = checkElementIndex(truth.get(i), 2, "true class") == 1 ? p : 1 - p;
    }
    return mean(given);
  }

  private static Score mean(double[] given) {
    double sum = 0;
    for (int i = 0; i < given.length; i++) {
      checkArgument(
          given[i] >= 0 && given[i] <= 1, "row %s: %s is no probability", i, (Object) given[i]);
      if (given[i] == 0) {
        return new Score.Undefined(
            "infinite: the true class of row " + i + " was given probability 0");
      }
      sum -= Math.log(given[i]);
    }
    return Score.ratio(sum, given.length, "no rows");
  }
}
