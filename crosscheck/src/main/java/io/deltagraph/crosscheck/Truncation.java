package io.deltagraph.crosscheck;

import com.google.common.primitives.ImmutableDoubleArray;
import io.deltagraph.check.Estimate;
import io.deltagraph.check.FiniteDifferences;

/**
 * The error that a central difference makes because its step is not 0.
 *
 * <p>{@code d(h) = f' + h²/6 f''' + …}, so {@code d(2h) − d(h)} is three times that error. Where
 * features are large or weights steep it exceeds the bound for smooth functions, and correct
 * gradients would be called wrong. A wrong gradient stays wrong: the error of the difference does
 * not depend on it.
 */
final class Truncation {
  private static final double SAFETY = 2; // the terms after the first

  private Truncation() {}

  /** The same differences, with their own errors allowed for; never where a kink is crossed. */
  static Estimate allowedFor(FiniteDifferences differences, Estimate estimate) {
    ImmutableDoubleArray.Builder floors = ImmutableDoubleArray.builder();
    for (int i = 0; i < estimate.positions().size(); i++) {
      FiniteDifferences.Column twice =
          differences.column(estimate.name(), estimate.positions().get(i), 2);
      double change = Math.abs(twice.slopes().get(0) - estimate.slopes().get(i));
      floors.add(estimate.floors().get(i) + (twice.masked() ? 0 : SAFETY * change / 3));
    }
    return new Estimate(
        estimate.name(),
        estimate.extent(),
        estimate.positions(),
        estimate.direction(),
        estimate.slopes(),
        floors.build().asList(),
        estimate.masked(),
        estimate.total(),
        estimate.counts());
  }
}
