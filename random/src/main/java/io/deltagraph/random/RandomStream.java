package io.deltagraph.random;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * A stream of random numbers made by {@link Seeds#stream()}: Philox4x32-10 in counter order.
 *
 * <p>Mutable and for one thread. It does not implement the JDK's generator interface, whose derived
 * methods may change from one JDK to the next: every rule from bits to values is in this file, and
 * logarithms and roots are {@link StrictMath}'s.
 */
public final class RandomStream {
  private static final double DOUBLE_UNIT = 0x1p-53;

  private long key;
  private final long[] block = new long[2];
  private long counter;
  private int used = 2;

  RandomStream(long key) {
    this.key = key;
  }

  /** Goes to the first value of another key's stream. */
  void restart(long other) {
    key = other;
    counter = 0;
    used = 2;
  }

  /** Returns the next 64 random bits. */
  public long nextLong() {
    if (used == 2) {
      Philox.block(key, counter++, 0, block);
      used = 0;
    }
    return block[used++];
  }

  /** Returns a number in [0, 1), a multiple of 2⁻⁵³. */
  public double nextDouble() {
    return (nextLong() >>> 11) * DOUBLE_UNIT;
  }

  /**
   * Returns a number in [low, high).
   *
   * @throws IllegalArgumentException unless low is below high and both are finite
   */
  public double nextDouble(double low, double high) {
    checkArgument(
        low < high && Double.isFinite(low) && Double.isFinite(high),
        "not a range: [%s, %s)",
        low,
        high);
    double value = low + nextDouble() * (high - low);
    return value < high ? value : Math.nextDown(high); // the product may round up to the end
  }

  /**
   * Returns a number from the normal distribution with mean 0 and deviation 1 (Marsaglia's polar
   * method).
   */
  public double nextGaussian() {
    while (true) {
      double u = 2 * nextDouble() - 1;
      double v = 2 * nextDouble() - 1;
      double square = u * u + v * v;
      if (square > 0 && square < 1) {
        return u * Math.sqrt(-2 * StrictMath.log(square) / square);
      }
    }
  }

  /**
   * Returns an integer in [0, bound), each equally likely (values of the last, incomplete round of
   * the modulus are drawn again).
   *
   * @throws IllegalArgumentException unless the bound is positive
   */
  public int nextInt(int bound) {
    checkArgument(bound > 0, "the bound is %s, it must be positive", bound);
    while (true) {
      long bits = nextLong() >>> 1;
      long value = bits % bound;
      if (bits - value + (bound - 1) >= 0) {
        return (int) value;
      }
    }
  }

  /** Puts the values in random order (Fisher–Yates, from the last place down). */
  public void shuffle(int[] values) {
    for (int i = values.length - 1; i > 0; i--) {
      int j = nextInt(i + 1);
      int kept = values[i];
      values[i] = values[j];
      values[j] = kept;
    }
  }

  /** Returns 0 … size − 1 in random order. */
  public int[] permutation(int size) {
    int[] values = new int[size];
    permute(values);
    return values;
  }

  /** Sets the values to 0 … length − 1 in random order, that of {@link #permutation}. */
  public void permute(int[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    shuffle(values);
  }
}
