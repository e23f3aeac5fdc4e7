package io.deltagraph.data;

/** What stands for a blank cell of a column to learn from. */
public enum MissingRule {
  /** Nothing: a blank cell is refused. */
  REFUSE,
  /** The mean of the training rows; of categories the one that most of them have. */
  MEAN,
  /** The median of the training rows; of categories the one that most of them have. */
  MEDIAN,
  /** What most training rows have; the smaller or first one where as many have another. */
  MOST_FREQUENT,
  /** The mean, or no category, and a further feature that is 1 where the cell is blank, else 0. */
  INDICATOR
}
