package io.deltagraph.training;

import java.io.Serializable;
import java.util.Arrays;

/**
 * A row and its place among all rows. The place follows from the seed and from what the row holds,
 * not from where it came from: in whatever order and portions rows arrive, sorting gives one order.
 * Rows that hold the same are numbered, so that they do not all stand together.
 */
public final class RowKey implements Comparable<RowKey>, Serializable {
  private static final long serialVersionUID = 1L;

  /** 2⁶⁴ over the golden ratio, odd. */
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private static final long MIX_1 = 0xFF51AFD7ED558CCDL;
  private static final long MIX_2 = 0xC4CEB9FE1A85EC53L;

  private final long hash;
  private final long again;
  private final double[] numbers;

  private RowKey(long hash, long again, double[] numbers) {
    this.hash = hash;
    this.again = again;
    this.numbers = numbers;
  }

  /**
   * The key of a row, as if it were the only one of its kind.
   *
   * @param numbers as {@link RowForm#canonical} gives them; not copied
   */
  public static RowKey of(long seed, double[] numbers) {
    long hash = seed;
    for (double number : numbers) {
      hash = (hash ^ Double.doubleToLongBits(number)) * SPREAD;
      hash ^= hash >>> 32;
    }
    return new RowKey(mixed(hash), 0, numbers);
  }

  /** The key of the same row where so many others that hold the same come before it. */
  public RowKey numbered(long before) {
    return new RowKey(mixed(hash + SPREAD * (before + 1)), before, numbers);
  }

  /** The last step of MurmurHash3 for 64 bits (Appleby): each bit of the result depends on all. */
  private static long mixed(long bits) {
    long mixed = (bits ^ (bits >>> 33)) * MIX_1;
    mixed = (mixed ^ (mixed >>> 33)) * MIX_2;
    return mixed ^ (mixed >>> 33);
  }

  /** Whether another row holds the same. */
  public boolean isSameRow(RowKey other) {
    return hash == other.hash && Arrays.equals(numbers, other.numbers);
  }

  /** The 64 bits that the order goes by, unsigned; evenly spread. */
  public long hash() {
    return hash;
  }

  /** The row itself; not copied. */
  public double[] numbers() {
    return numbers;
  }

  @Override
  public int compareTo(RowKey other) {
    int order = Long.compareUnsigned(hash, other.hash);
    if (order == 0) {
      order = Arrays.compare(numbers, other.numbers);
    }
    return order == 0 ? Long.compare(again, other.again) : order;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RowKey key && compareTo(key) == 0;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(hash);
  }
}
