package io.deltagraph.data.metrics;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkElementIndex;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import com.google.common.primitives.Ints;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;

/**
 * How often each true class was predicted as each class (named in file 001).
 *
 * @param classNames K names
 * @param counts K × K counts, row after row: the row is the true class, the column the predicted
 *     one
 */
public record ConfusionMatrix(List<String> classNames, List<Integer> counts) {
  /**
   * Checks the size.
   *
   * @throws IllegalArgumentException unless there are K × K counts, none negative
   */
  public ConfusionMatrix {
    classNames = ImmutableList.copyOf(classNames);
    counts = ImmutableIntArray.copyOf(counts).asList();
    checkArgument(
        counts.size() == classNames.size() * classNames.size(),
        "%s counts of %s classes",
        counts.size(),
        classNames.size());
    checkArgument(counts.stream().allMatch(count -> count >= 0), "a negative count: %s", counts);
  }

  /**
   * Counts.
   *
   * @param truth the class of each row
   * @param predicted the predicted class of each row, as many
   * @throws IllegalArgumentException for another number of rows or a label that names no class
   */
  public static ConfusionMatrix of(
      List<Integer> truth, List<Integer> predicted, List<String> classNames) {
    checkArgument(
        truth.size() == predicted.size(),
        "%s true and %s predicted classes",
        truth.size(),
        predicted.size());
    int k = classNames.size();
    int[] counts = new int[k * k];
    for (int i = 0; i < truth.size(); i++) {
      int row = checkElementIndex(truth.get(i), k, "true class");
      int column = checkElementIndex(predicted.get(i), k, "predicted class");
      counts[row * k + column]++;
    }
    return new ConfusionMatrix(classNames, Ints.asList(counts));
  }

  /** Returns how many rows of the true class were predicted as the other. */
  public int at(int truth, int predicted) {
    int k = classNames.size();
    return counts.get(
        checkElementIndex(truth, k, "true class") * k
            + checkElementIndex(predicted, k, "predicted class"));
  }

  /** Returns the number of rows. */
  public int rows() {
    return counts.stream().mapToInt(Integer::intValue).sum();
  }

  /** Returns the number of rows of a true class. */
  public int support(int label) {
    int sum = 0;
    for (int j = 0; j < classNames.size(); j++) {
      sum += at(label, j);
    }
    return sum;
  }

  /** Returns the number of rows predicted as a class. */
  public int predicted(int label) {
    int sum = 0;
    for (int i = 0; i < classNames.size(); i++) {
      sum += at(i, label);
    }
    return sum;
  }

  /** Returns right / all; undefined without rows. */
  public Score accuracy() {
    int right = 0;
    for (int i = 0; i < classNames.size(); i++) {
      right += at(i, i);
    }
    return Score.ratio(right, rows(), "no rows");
  }

  /**
   * Returns, of the rows predicted as the class, the share that is right; undefined if there are
   * none.
   */
  public Score precision(int label) {
    return Score.ratio(at(label, label), predicted(label), "never predicted");
  }

  /** Returns, of the rows of the class, the share that was found; undefined if there are none. */
  public Score recall(int label) {
    return Score.ratio(at(label, label), support(label), "no rows of this class");
  }

  /**
   * Returns {@code 2 right / (predicted + support)}, the harmonic mean of precision and recall;
   * undefined if the class is neither there nor predicted.
   */
  public Score f1(int label) {
    return Score.ratio(
        2.0 * at(label, label),
        (double) predicted(label) + support(label),
        "neither there nor predicted");
  }

  /** Returns the mean precision over the classes that have one; undefined if none has. */
  public Score macroPrecision() {
    return macro(this::precision);
  }

  /** Returns the mean recall over the classes that have one; undefined if none has. */
  public Score macroRecall() {
    return macro(this::recall);
  }

  /** Returns the mean F1 over the classes that have one; undefined if none has. */
  public Score macroF1() {
    return macro(this::f1);
  }

  /** As {@link #macroPrecision}, each class weighted by its number of rows. */
  public Score weightedPrecision() {
    return mean(this::precision, this::support);
  }

  /** As {@link #macroRecall}, each class weighted by its number of rows: the accuracy. */
  public Score weightedRecall() {
    return mean(this::recall, this::support);
  }

  /** As {@link #macroF1}, each class weighted by its number of rows. */
  public Score weightedF1() {
    return mean(this::f1, this::support);
  }

  private Score macro(IntFunction<Score> score) {
    return mean(score, label -> 1);
  }

  private Score mean(IntFunction<Score> score, IntUnaryOperator weight) {
    double sum = 0;
    long weights = 0;
    for (int i = 0; i < classNames.size(); i++) {
      switch (score.apply(i)) {
        case Score.Defined(double value) -> {
          sum += value * weight.applyAsInt(i);
          weights += weight.applyAsInt(i);
        }
        case Score.Undefined ignored -> {}
      }
    }
    return Score.ratio(sum, (double) weights, "defined for no class");
  }
}
