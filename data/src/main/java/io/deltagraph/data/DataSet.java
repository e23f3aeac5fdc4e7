package io.deltagraph.data;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.List;

/**
 * Rows to learn from or to score on.
 *
 * @param name the built-in set's name or the file's
 * @param features n × d inputs
 * @param target n classes or numbers
 */
public record DataSet(String name, Features features, Targets target) {
  /**
   * Checks the sizes.
   *
   * @throws IllegalArgumentException if features and target differ in their number of rows
   */
  public DataSet {
    checkArgument(
        features.rows() == target.rows(),
        "%s rows of features but %s of targets",
        features.rows(),
        target.rows());
  }

  /** Returns the number of rows. */
  public int rows() {
    return features.rows();
  }

  /** Returns the given rows, in the given order. */
  public DataSet select(List<Integer> chosen) {
    return new DataSet(name, features.select(chosen), target.select(chosen));
  }

  /** Returns the same rows with other features. */
  public DataSet withFeatures(Features other) {
    return new DataSet(name, other, target);
  }
}
