package io.deltagraph.report.drawing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What an axis goes over.
 *
 * @param label what stands beside it, with its unit
 * @param least where it begins
 * @param most where it ends, above that
 * @param logarithmic whether each step multiplies; then both ends are above 0
 * @param whole whether it is marked at whole numbers alone, as what is counted is
 */
public record Axis(String label, double least, double most, boolean logarithmic, boolean whole) {
  private static final int TICKS = 5;
  private static final double MOST_POWER = 308;

  /** An axis over all finite values, with round ends; over 0 to 1 if there is none. */
  public static Axis over(String label, double... values) {
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      if (Double.isFinite(value)) {
        least = Math.min(least, value);
        most = Math.max(most, value);
      }
    }
    if (least > most) {
      return new Axis(label, 0, 1, false, false);
    }
    if (least == most) {
      double room = least == 0 ? 1 : Math.abs(least) / 2;
      least -= room;
      most += room;
    }
    double step = step(least, most);
    return new Axis(
        label, Math.floor(least / step) * step, Math.ceil(most / step) * step, false, false);
  }

  /** An axis from 0 or below on. */
  public static Axis fromZero(String label, double... values) {
    double[] more = new double[values.length + 1];
    System.arraycopy(values, 0, more, 0, values.length);
    return over(label, more);
  }

  /** An axis over exactly that range. */
  public static Axis between(String label, double least, double most) {
    return new Axis(label, least, most > least ? most : least + 1, false, false);
  }

  /** An axis of powers of ten over all finite values above 0; from 0.1 to 1 if there is none. */
  public static Axis powers(String label, double... values) {
    double least = Double.POSITIVE_INFINITY;
    double most = 0;
    for (double value : values) {
      if (Double.isFinite(value) && value > 0) {
        least = Math.min(least, value);
        most = Math.max(most, value);
      }
    }
    if (most == 0) {
      return new Axis(label, 0.1, 1, true, false);
    }
    double from = Math.floor(Math.log10(least));
    double to = Math.min(MOST_POWER, Math.max(from + 1, Math.ceil(Math.log10(most))));
    return new Axis(label, Math.pow(10, from), Math.pow(10, to), true, false);
  }

  /** The same, marked at whole numbers alone. */
  public Axis counted() {
    return new Axis(label, least, most, logarithmic, true);
  }

  private static double step(double least, double most) {
    double rough = (most - least) / TICKS;
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    double lead = rough / power;
    return power * (lead < 1.5 ? 1 : lead < 3 ? 2 : lead < 7 ? 5 : 10);
  }

  /** Where it is marked with numbers. */
  public List<Double> ticks() {
    List<Double> ticks = new ArrayList<>();
    if (logarithmic) {
      int from = (int) Math.round(Math.log10(least));
      int to = (int) Math.round(Math.log10(most));
      int every = Math.max(1, (int) Math.ceil((to - from) / (double) TICKS));
      for (int power = from; power <= to; power += every) {
        ticks.add(Math.pow(10, power));
      }
      return ticks;
    }
    double step = step(least, most);
    for (double count = Math.ceil(least / step - 1e-9);
        count * step <= most + step * 1e-9;
        count++) {
      double tick = Double.parseDouble(String.format(Locale.ROOT, "%.12g", count * step)) + 0.0;
      if (!whole || tick == Math.rint(tick)) {
        ticks.add(tick);
      }
    }
    return ticks;
  }

  /** The place of a value between two pixels; NaN for one that has none. */
  public double place(double value, double from, double to) {
    double share =
        logarithmic
            ? value > 0 ? Math.log(value / least) / Math.log(most / least) : Double.NaN
            : (value - least) / (most - least);
    return Double.isFinite(share) ? from + share * (to - from) : Double.NaN;
  }
}
