package io.deltagraph.report.drawing;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A curve.
 *
 * @param name in the legend
 * @param x where its points are; none may be NaN
 * @param y their heights; a gap where one is NaN
 */
public record Series(String name, List<Double> x, List<Double> y) {
  private static final int STYLES = 8;

  /** Copies. */
  public Series {
    x = List.copyOf(x);
    y = List.copyOf(y);
    if (x.size() != y.size()) {
      throw new IllegalArgumentException(
          "The series '%s' has %d places and %d heights.".formatted(name, x.size(), y.size()));
    }
  }

  /** A curve through points at given places. */
  public static Series of(String name, double[] x, double[] y) {
    return new Series(name, Arrays.stream(x).boxed().toList(), Arrays.stream(y).boxed().toList());
  }

  /** A curve with a point for each of 1, 2, 3, …. */
  public static Series counted(String name, List<Double> y) {
    return new Series(
        name, IntStream.rangeClosed(1, y.size()).mapToObj(i -> (double) i).toList(), y);
  }

  /** The number of the style of the series at a place, from 1. */
  static int style(int place) {
    return Math.floorMod(place, STYLES) + 1;
  }
}
