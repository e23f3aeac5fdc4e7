package io.deltagraph.data.metrics;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Arrays;
import java.util.Comparator;

/**
 * The area under the curve of the true over the false positive rate: the chance that a row of the
 * class has a higher score than a row of another, a tie counting half (Hanley and McNeil 1982). It
 * is computed from ranks, rows of the same score sharing the mean of theirs.
 */
public final class RocAuc {
  private RocAuc() {}

  /**
   * Of two classes, the area of class 1; of more, the mean of the areas of each class against all
   * others, over the classes that have one.
   *
   * @param truth n classes
   * @param scores n × K, row after row; a higher score speaks for the class more
   * @param classes K
   * @return undefined where no class has both rows of its own and rows of others
   * @throws IllegalArgumentException for another size or a score that is NaN
   */
  public static Score of(int[] truth, double[] scores, int classes) {
    checkArgument(
        scores.length == (long) truth.length * classes,
        "%s scores for %s rows of %s classes",
        scores.length,
        truth.length,
        classes);
    if (classes == 2) {
      return against(truth, scores, 2, 1);
    }
    double sum = 0;
    int defined = 0;
    for (int label = 0; label < classes; label++) {
      switch (against(truth, scores, classes, label)) {
        case Score.Defined(double area) -> {
          sum += area;
          defined++;
        }
        case Score.Undefined ignored -> {}
      }
    }
    return Score.ratio(sum, defined, "all rows are of one class");
  }

  /** The area of one class against all others. */
  private static Score against(int[] truth, double[] scores, int classes, int label) {
    int n = truth.length;
    Integer[] order = new Integer[n];
    for (int i = 0; i < n; i++) {
      checkArgument(!Double.isNaN(scores[i * classes + label]), "the score of row %s is NaN", i);
      order[i] = i;
    }
    Arrays.sort(order, Comparator.comparingDouble(row -> scores[row * classes + label]));
    long positives = 0;
    double ranks = 0;
    for (int from = 0; from < n; ) {
      double score = scores[order[from] * classes + label];
      int to = from;
      int own = 0;
      // Compared as numbers: -0 and 0 are one score, though the order tells them apart.
      while (to < n && scores[order[to] * classes + label] == score) {
        own += truth[order[to]] == label ? 1 : 0;
        to++;
      }
      ranks += own * ((from + 1 + to) / 2.0);
      positives += own;
      from = to;
    }
    double pairs = (double) positives * (n - positives);
    double least = positives * (positives + 1) / 2.0;
    return Score.ratio(ranks - least, pairs, "all rows are of one class");
  }
}
