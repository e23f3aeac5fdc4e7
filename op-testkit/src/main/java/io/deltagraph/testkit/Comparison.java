package io.deltagraph.testkit;

import java.util.Locale;
import java.util.function.Supplier;

/**
 * One number beside what it ought to be.
 *
 * @param what which number, such as {@code the gradient of input 0}
 * @param where the point
 * @param actual the rounded number
 * @param exact the exact one
 * @param size the sum of the sizes of what the exact one is a sum of
 * @param unit what a bound counts in: the largest input for an output, the largest cotangent for a
 *     gradient
 * @param gradient whether it is a gradient
 * @param limit whether it is a limit, where the largest number may stand for infinity
 */
record Comparison(
    String what,
    Supplier<String> where,
    double actual,
    Exact exact,
    Exact size,
    double unit,
    boolean gradient,
    boolean limit) {

  /** Whether the number is right, given how many roundings of its unit an op says it may be off. */
  boolean holds(Closeness close, double roundings) {
    double more = roundings == 0 ? 0 : roundings * unit * close.dtype().epsilon();
    return close.holds(actual, exact, size.abs(), limit ? more + unit * close.limit() : more);
  }

  String text(Closeness close) {
    double gap = Math.abs(actual - exact.toDouble());
    return String.format(
        Locale.ROOT,
        "%s is %.9g, exactly %.9g, in %s at %s: off by %.3g roundings of %s",
        what,
        actual,
        exact.toDouble(),
        close.dtype(),
        where.get(),
        gap / (unit * close.dtype().epsilon()),
        gradient ? "the largest cotangent" : "the largest input, or of 1");
  }
}
