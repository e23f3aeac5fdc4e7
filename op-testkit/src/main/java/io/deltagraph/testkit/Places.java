package io.deltagraph.testkit;

import com.google.common.primitives.ImmutableDoubleArray;
import io.deltagraph.graph.Domain;
import io.deltagraph.type.DType;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Numbers from next to 0 to almost the largest, of both signs, as far as an interval has them:
 * those where squares leave the range, where exponentials do, and where 1 swallows what is added to
 * it.
 *
 * @param near where an exponential goes through the range, from 0.3 on
 * @param far beyond all that, small and large
 * @param farthest a few of these
 */
record Places(ImmutableDoubleArray near, ImmutableDoubleArray far, ImmutableDoubleArray farthest) {
  private static final double[] FARTHEST_F32 = {2e-38, 1e-20, 1e25, 4e36};
  private static final double[] FARTHEST_F64 = {3e-308, 1e-170, 1e170, 2e306};
  private static final double[] NEAR = {0.3, 1.25, 3.75, 9, 17, 40};
  private static final double[] FAR_F32 = {
    2e-38, 1e-30, 1e-20, 1e-10, 1e-4, 1e4, 1e8, 1e13, 1e20, 1e25, 1e30, 4e36
  };
  private static final double[] FAR_F64 = {
    3e-308, 1e-250, 1e-170, 1e-80, 1e-20, 1e-4, 1e4, 1e9, 1e17, 1e80, 1e170, 1e250, 2e306
  };

  static Places of(DType dtype, Domain.Interval interval) {
    boolean single = dtype == DType.F32;
    double[] edge = {single ? 85 : 700, single ? 90 : 715, single ? 110 : 800};
    return new Places(
        inside(interval, dtype, NEAR, edge),
        inside(interval, dtype, single ? FAR_F32 : FAR_F64),
        inside(interval, dtype, single ? FARTHEST_F32 : FARTHEST_F64));
  }

  /** Those sizes of both signs and, at the ends of the interval, those distances. */
  private static ImmutableDoubleArray inside(
      Domain.Interval interval, DType dtype, double[]... sizes) {
    Set<Double> found = new TreeSet<>();
    for (double[] some : sizes) {
      for (double size : some) {
        for (double from : new double[] {0, interval.low(), interval.high()}) {
          add(found, interval, dtype.round(from + size));
          add(found, interval, dtype.round(from - size));
        }
      }
    }
    return ImmutableDoubleArray.copyOf(found);
  }

  private static void add(Set<Double> found, Domain.Interval interval, double place) {
    if (place != 0 && interval.low() < place && place < interval.high()) {
      found.add(place);
    }
  }

  /** What a cotangent is multiplied by: nothing, next to it, and far out. */
  static List<Double> factors(DType dtype) {
    return dtype == DType.F32 ? List.of(0.0, 1e-30, 1e30) : List.of(0.0, 1e-250, 1e250);
  }

  /** The infinite ends of an interval. */
  static List<Double> ends(Domain.Interval interval) {
    return Stream.of(interval.low(), interval.high()).filter(end -> end.isInfinite()).toList();
  }

  /** All of them. */
  ImmutableDoubleArray all() {
    return ImmutableDoubleArray.builder().addAll(near).addAll(far).build();
  }
}
