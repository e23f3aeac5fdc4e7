package io.deltagraph.data;

/**
 * What a table may take, estimated while it is read and refused before the memory is taken.
 *
 * @param memory the most bytes of memory; what the heap can give is a limit besides
 * @param columns the most columns
 */
public record CsvLimits(long memory, int columns) {
  /** What the heap can give, and 16,384 columns. */
  public static final CsvLimits DEFAULT = new CsvLimits(Long.MAX_VALUE, 16_384);
}
