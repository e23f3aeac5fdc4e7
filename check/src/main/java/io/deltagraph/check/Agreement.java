package io.deltagraph.check;

import com.google.common.base.Preconditions;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.IntPredicate;

/**
 * How well two arrays agree, entry by entry and as vectors.
 *
 * <p>Differences are measured against the size of the terms that were added, where it is given, and
 * else against the larger of the two sides: near a minimum cancellation eats digits of correct
 * gradients. An entry fails if it differs by more than {@code bound} times the largest entry plus
 * its rounding floor, an array if its difference is longer than {@code bound} times the array plus
 * the floors. Entries below {@link Bounds#TINY} or their floor on both sides are inconclusive;
 * entries that are exactly 0 on both sides agree, but certify nothing on their own. Anything that
 * is not finite fails.
 *
 * @param verdict pass, fail or inconclusive
 * @param relative the length of the difference over the length of the arrays, of the conclusive
 *     entries
 * @param worst the index of the entry with the largest difference, −1 if there is none
 * @param difference the difference at {@code worst}
 * @param entries the number of entries looked at
 * @param conclusive how many of them could be compared
 * @param tiny how many were too small on both sides
 * @param masked how many had a step that crosses a kink
 * @param zeros how many were exactly 0 on both sides; counted in {@code conclusive} too
 * @param bound the relative bound
 */
public record Agreement(
    Verdict verdict,
    double relative,
    int worst,
    double difference,
    int entries,
    int conclusive,
    int tiny,
    int masked,
    int zeros,
    double bound) {

  /** Compares two arrays of equal lengths within a relative bound, without rounding floors. */
  public static Agreement of(double[] actual, double[] expected, double bound) {
    return of(actual, expected, expected, new double[actual.length], i -> false, bound);
  }

  /**
   * Compares two arrays of equal lengths.
   *
   * @param actual the numbers under test
   * @param expected the numbers of the other road
   * @param magnitudes the size of the terms that were added up to each number, or the numbers
   * @param floors what rounding may contribute to each difference
   * @param masked which entries cannot be compared
   * @param bound the relative bound
   */
  public static Agreement of(
      double[] actual,
      double[] expected,
      double[] magnitudes,
      double[] floors,
      IntPredicate masked,
      double bound) {
    int length = actual.length;
    Preconditions.checkArgument(
        expected.length == length && magnitudes.length == length && floors.length == length,
        "Arrays of %s, %s, %s and %s entries cannot be compared.",
        length,
        expected.length,
        magnitudes.length,
        floors.length);
    double[] scales = new double[length];
    double size = 0;
    for (int i = 0; i < length; i++) {
      scales[i] = scale(actual[i], expected[i], magnitudes[i]);
      double larger = Math.max(scales[i], floors[i]);
      size = Double.isFinite(larger) ? Math.max(size, larger) : size;
    }
    Tally tally = new Tally(bound, size);
    for (int i = 0; i < length; i++) {
      if (masked.test(i)) {
        tally.masked++;
      } else {
        tally.add(i, actual[i], expected[i], scales[i], floors[i]);
      }
    }
    double largest = Arrays.stream(scales).filter(Double::isFinite).max().orElse(0);
    for (int i = 0; i < length; i++) {
      double gap = Math.abs(actual[i] - expected[i]);
      boolean compared = !masked.test(i) && !tiny(actual[i], expected[i], floors[i]);
      tally.failed |= compared && !(gap <= bound * largest + floors[i]);
    }
    return tally.agreement(length);
  }

  /** What has another shape differs in everything; no entry of it was compared. */
  static Agreement ofOtherShape(double bound) {
    return new Agreement(
        Verdict.FAIL, Double.POSITIVE_INFINITY, -1, Double.POSITIVE_INFINITY, 0, 0, 0, 0, 0, bound);
  }

  /** The same numbers, which say nothing. */
  Agreement inconclusive() {
    return new Agreement(
        Verdict.INCONCLUSIVE,
        relative,
        worst,
        difference,
        entries,
        conclusive,
        tiny,
        masked,
        zeros,
        bound);
  }

  /** Whether no entry was compared, since the two have different shapes. */
  boolean isOfOtherShape() {
    return entries == 0 && verdict == Verdict.FAIL;
  }

  private static boolean tiny(double actual, double expected, double floor) {
    double larger = Math.max(Math.abs(actual), Math.abs(expected));
    return larger != 0 && larger < Math.max(Bounds.TINY, floor);
  }

  private static double scale(double actual, double expected, double magnitude) {
    return Math.max(Math.abs(magnitude), Math.max(Math.abs(actual), Math.abs(expected)));
  }

  /** The relative difference and how many entries it stands on. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s: relative difference %.1e (bound %.0e), %d of %d entries conclusive, %d tiny, %d at kinks",
        verdict,
        relative,
        bound,
        conclusive,
        entries,
        tiny,
        masked);
  }

  private static final class Tally {
    private final double bound;
    private final int exponent;
    private double differences;
    private double scales;
    private double floors;
    private double worstGap = -1;
    private int worst = -1;
    private int conclusive;
    private int tiny;
    private int masked;
    private int zeros;
    private boolean failed;

    /** Squares are those of numbers over a power of 2 near {@code size}, which changes no digit. */
    Tally(double bound, double size) {
      this.bound = bound;
      this.exponent = size == 0 ? 0 : Math.getExponent(size);
    }

    private double square(double number) {
      double scaled = Math.scalb(number, -exponent);
      return scaled * scaled;
    }

    void add(int index, double actual, double expected, double scale, double floor) {
      double gap = Math.abs(actual - expected);
      if (Double.isNaN(gap) || Double.isInfinite(gap)) {
        failed = true;
        gap = Double.POSITIVE_INFINITY;
      }
      if (gap > worstGap) {
        worstGap = gap;
        worst = index;
      }
      if (tiny(actual, expected, floor)) {
        tiny++;
      } else {
        conclusive++;
        zeros += actual == 0 && expected == 0 ? 1 : 0;
        differences += square(gap);
        scales += square(scale);
        floors += square(floor);
      }
    }

    Agreement agreement(int entries) {
      double length = Math.sqrt(scales);
      double gap = Math.sqrt(differences);
      double allowance = Math.sqrt(floors);
      failed |= gap > bound * length + allowance;
      return new Agreement(
          failed ? Verdict.FAIL : doubtful(entries, gap, length, allowance),
          length == 0 ? Math.scalb(gap, exponent) : gap / length,
          worst,
          Math.max(0, worstGap),
          entries,
          conclusive,
          tiny,
          masked,
          zeros,
          bound);
    }

    private Verdict doubtful(int entries, double gap, double length, double allowance) {
      boolean enough = conclusive > zeros && conclusive >= Bounds.CONCLUSIVE_SHARE * entries;
      boolean certified = gap <= bound * length || allowance <= Bounds.ROUNDING_SHARE * length;
      return enough && certified ? Verdict.PASS : Verdict.INCONCLUSIVE;
    }
  }
}
