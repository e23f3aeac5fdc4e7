package io.deltagraph.training;

/**
 * Rows that are not all in memory: a range of them is, while it is read. They are the same rows in
 * the same order whenever they are asked for. A {@link RowFile} is one; so is whatever else can
 * tell its rows by their numbers.
 */
public interface StoredRows {
  /** How many rows there are. */
  int count();

  /**
   * The rows from one number to before another.
   *
   * @return a tensor for each input and target of a model
   * @throws java.io.UncheckedIOException if they cannot be read
   */
  Samples rows(int from, int to);
}
