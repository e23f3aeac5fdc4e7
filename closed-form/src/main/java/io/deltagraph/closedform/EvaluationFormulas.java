package io.deltagraph.closedform;

/**
 * Scores of a classifier on labelled rows that it was not trained on (001; 003, "training and
 * testing").
 */
public final class EvaluationFormulas {
  private EvaluationFormulas() {}

  /** The confusion matrix, K x K: row the true class, column the predicted one. */
  public static int[][] confusion(int[] labels, int[] predictions, int classes) {
    Matrices.requireSize(predictions.length, labels.length, "the number of predictions");
    int[][] confusion = new int[classes][classes];
    for (int i = 0; i < labels.length; i++) {
      confusion[labels[i]][predictions[i]]++;
    }
    return confusion;
  }

  /** {@code trace / total}. */
  public static double accuracy(int[][] confusion) {
    long right = 0;
    long total = 0;
    for (int i = 0; i < confusion.length; i++) {
      right += confusion[i][i];
      for (int count : confusion[i]) {
        total += count;
      }
    }
    return (double) right / total;
  }

  /**
   * {@code TP / (TP + FP)}: of the rows predicted as the class, the share that is; NaN where none
   * was predicted.
   */
  public static double precision(int[][] confusion, int ofClass) {
    long predicted = 0;
    for (int[] row : confusion) {
      predicted += row[ofClass];
    }
    return (double) confusion[ofClass][ofClass] / predicted;
  }

  /**
   * {@code TP / (TP + FN)}: of the rows of the class, the share predicted as it; NaN where the
   * class has no rows.
   */
  public static double recall(int[][] confusion, int ofClass) {
    long actual = 0;
    for (int count : confusion[ofClass]) {
      actual += count;
    }
    return (double) confusion[ofClass][ofClass] / actual;
  }
}
