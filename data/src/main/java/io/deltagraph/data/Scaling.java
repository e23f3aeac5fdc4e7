package io.deltagraph.data;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * {@code (x − shift) / divisor} for every column, as learnt from training rows.
 *
 * @param names the columns' names, d of them
 * @param shifts d numbers
 * @param divisors d numbers, none of them 0
 */
public record Scaling(List<String> names, List<Double> shifts, List<Double> divisors) {
  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException for a wrong count, a divisor of 0, or a number that is not
   *     finite
   */
  public Scaling {
    names = ImmutableList.copyOf(names);
    shifts = ImmutableDoubleArray.copyOf(shifts).asList();
    divisors = ImmutableDoubleArray.copyOf(divisors).asList();
    checkArgument(
        shifts.size() == names.size() && divisors.size() == names.size(),
        "%s shifts and %s divisors for %s columns",
        shifts.size(),
        divisors.size(),
        names.size());
    checkArgument(shifts.stream().allMatch(Double::isFinite), "a shift is not finite: %s", shifts);
    checkArgument(
        divisors.stream().allMatch(d -> Double.isFinite(d) && d != 0),
        "a divisor is 0 or not finite: %s",
        divisors);
  }

  /** Columns whose spread is 0 in the training rows are divided by 1. */
  static Scaling of(Features training, IntToDoubleFunction shift, IntToDoubleFunction spread) {
    checkArgument(training.rows() > 0, "there are no rows to learn a scaling from");
    int d = training.columns();
    return new Scaling(
        training.names(),
        IntStream.range(0, d).mapToDouble(shift).boxed().toList(),
        IntStream.range(0, d).mapToDouble(spread).map(s -> s == 0 ? 1 : s).boxed().toList());
  }

  /**
   * Scales rows with the same columns.
   *
   * @throws IllegalArgumentException for other columns
   */
  public Features apply(Features features) {
    checkArgument(
        features.names().equals(names), "columns %s, not %s as learnt", features.names(), names);
    ImmutableList.Builder<NumberColumn> scaled = ImmutableList.builder();
    for (int j = 0; j < names.size(); j++) {
      scaled.add(scaled(features.all().get(j), shifts.get(j), divisors.get(j)));
    }
    return features.with(names, scaled.build());
  }

  private static NumberColumn scaled(NumberColumn column, double shift, double divisor) {
    return (rows, from, to, out) -> {
      column.fill(rows, from, to, out);
      for (int i = 0; i < to - from; i++) {
        out[i] = (out[i] - shift) / divisor;
      }
    };
  }
}
