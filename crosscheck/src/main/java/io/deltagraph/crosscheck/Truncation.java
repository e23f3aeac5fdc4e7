package io.deltagraph.crosscheck;

import com.google.common.primitives.ImmutableDoubleArray;
import io.deltagraph.check.Estimate;
import io.deltagraph.check.FiniteDifferences;
import java.util.Set;

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
    Estimate twice = differences.again(estimate, 2);
    Set<Integer> crossing = Set.copyOf(twice.masked());
    ImmutableDoubleArray.Builder floors = ImmutableDoubleArray.builder();
    for (int i = 0; i < estimate.positions().size(); i++) {
      double change = Math.abs(twice.slopes().get(i) - estimate.slopes().get(i));
      floors.add(estimate.floors().get(i) + (crossing.contains(i) ? 0 : SAFETY * change / 3));
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
