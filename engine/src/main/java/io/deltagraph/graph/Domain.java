package io.deltagraph.graph;

import com.google.common.collect.ImmutableList;
import java.util.List;

/**
 * Where an op is defined: an open interval per input, the last one standing for all further inputs.
 * Kinks inside it are told by {@link Op#kinks}.
 */
public record Domain(List<Interval> inputs) {
  public Domain {
    inputs = ImmutableList.copyOf(inputs);
  }

  private static final Domain EVERYWHERE =
      of(new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY));

  /** All numbers between two bounds, which do not belong to it. */
  public record Interval(double low, double high) {}

  /** All real numbers. */
  public static Domain everywhere() {
    return EVERYWHERE;
  }

  /** Numbers above 0. */
  public static Domain positive() {
    return between(0, Double.POSITIVE_INFINITY);
  }

  /** Numbers between two bounds. */
  public static Domain between(double low, double high) {
    return of(new Interval(low, high));
  }

  /** An interval for each input. */
  public static Domain of(Interval... inputs) {
    return new Domain(ImmutableList.copyOf(inputs));
  }

  /** The interval of the input at a position. */
  public Interval input(int index) {
    return inputs.get(Math.min(index, inputs.size() - 1));
  }
}
