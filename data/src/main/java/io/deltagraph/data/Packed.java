package io.deltagraph.data;

import com.google.common.primitives.ImmutableDoubleArray;
import com.google.common.primitives.ImmutableIntArray;
import java.util.List;

/** Lists of many numbers that take no object for each, on the way neither. */
final class Packed {
  private Packed() {}

  /** A copy. */
  static List<Integer> ints(List<Integer> given) {
    return ImmutableIntArray.builder(given.size()).addAll(given).build().asList();
  }

  /** A copy. */
  static List<Double> doubles(List<Double> given) {
    return ImmutableDoubleArray.builder(given.size()).addAll(given).build().asList();
  }
}
