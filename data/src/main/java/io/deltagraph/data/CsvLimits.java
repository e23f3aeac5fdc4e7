package io.deltagraph.data;

/**
 * What a table may take, checked before the memory is taken.
 *
 * @param bytes the longest file
 * @param rows the most rows
 * @param columns the most columns
 * @param cells the most cells
 */
public record CsvLimits(long bytes, int rows, int columns, long cells) {
  /** 256 MiB, 5,000,000 rows, 16,384 columns, 20,000,000 cells. */
  public static final CsvLimits DEFAULT = new CsvLimits(256L << 20, 5_000_000, 16_384, 20_000_000);
}
