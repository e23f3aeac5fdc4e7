package io.deltagraph.data.metrics;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkElementIndex;

import com.google.common.primitives.ImmutableDoubleArray;
import com.google.common.primitives.ImmutableIntArray;

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
  public static Score of(ImmutableIntArray truth, ImmutableDoubleArray probabilities, int classes) {
    checkArgument(
        (long) truth.length() * classes == probabilities.length(),
        "%s probabilities for %s rows of %s classes",
        probabilities.length(),
        truth.length(),
        classes);
    double[] given = new double[truth.length()];
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
  public static Score binary(ImmutableIntArray truth, ImmutableDoubleArray probabilities) {
    checkArgument(
        truth.length() == probabilities.length(),
        "%s probabilities for %s rows",
        probabilities.length(),
        truth.length());
    double[] given = new double[truth.length()];
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
