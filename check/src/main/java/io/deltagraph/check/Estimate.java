package io.deltagraph.check;

import com.google.common.base.Preconditions;
import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Doubles;
import com.google.common.primitives.ImmutableDoubleArray;
import com.google.common.primitives.ImmutableIntArray;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.TensorType;
import java.util.Arrays;
import java.util.List;

/**
 * Central differences of a scalar with respect to one tensor: in all entries, in a sample of them,
 * or along one random direction.
 *
 * @param name the input or parameter that was moved
 * @param extent which of the three
 * @param positions the row-major positions of the entries that were moved, one after the other;
 *     empty for a direction
 * @param direction by how much each entry is moved per unit, for a direction; else empty
 * @param slopes the central differences: one per position, or one along the direction
 * @param floors what rounding may contribute to each slope
 * @param masked the indices of the slopes whose step crosses a kink
 * @param total the number of entries of the tensor
 * @param counts how many samples and outputs the value goes over, as far as its ops say
 */
public record Estimate(
    String name,
    Extent extent,
    List<Integer> positions,
    List<Double> direction,
    List<Double> slopes,
    List<Double> floors,
    List<Integer> masked,
    int total,
    List<Clues.Count> counts) {
  public Estimate {
    positions = ImmutableIntArray.copyOf(positions).asList();
    direction = ImmutableDoubleArray.copyOf(direction).asList();
    slopes = ImmutableDoubleArray.copyOf(slopes).asList();
    floors = ImmutableDoubleArray.copyOf(floors).asList();
    masked = ImmutableIntArray.copyOf(masked).asList();
    counts = ImmutableList.copyOf(counts);
  }

  /** How much of a tensor was looked at. */
  public enum Extent {
    /** Every entry. */
    ALL,
    /** Some entries, drawn at random. */
    SAMPLE,
    /** The inner product with one random direction. */
    DIRECTION
  }

  /**
   * The numbers of a gradient that the slopes are to be compared with: the entries at the
   * positions, or the inner product with the direction.
   */
  public double[] select(Tensor gradient) {
    requireLength(gradient.length());
    return switch (extent) {
      case ALL, SAMPLE -> positions.stream().mapToDouble(gradient::get).toArray();
      case DIRECTION -> {
        double product = 0;
        for (int i = 0; i < total; i++) {
          product += gradient.get(i) * direction.get(i);
        }
        yield new double[] {product};
      }
    };
  }

  /** What the slopes are measured against, for a gradient whose terms have those magnitudes. */
  double[] scales(Tensor gradient) {
    requireLength(gradient.length());
    return switch (extent) {
      case ALL, SAMPLE -> positions.stream().mapToDouble(gradient::get).toArray();
      case DIRECTION -> {
        double length = 0;
        for (int i = 0; i < total; i++) {
          length = Math.hypot(length, gradient.get(i) * direction.get(i));
        }
        yield new double[] {length};
      }
    };
  }

  /** Compares a gradient with these slopes, within {@link Bounds#FINITE_DIFFERENCES}. */
  public Agreement compare(Tensor gradient) {
    return Agreement.of(
        select(gradient),
        Doubles.toArray(slopes),
        scales(gradient),
        Doubles.toArray(floors),
        masked::contains,
        Bounds.FINITE_DIFFERENCES);
  }

  /** The slopes at their places in the tensor, NaN where there are none or they cross a kink. */
  Tensor spread(TensorType type) {
    double[] values = new double[total];
    Arrays.fill(values, Double.NaN);
    for (int i = 0; i < positions.size(); i++) {
      values[positions.get(i)] = masked.contains(i) ? Double.NaN : slopes.get(i);
    }
    return Tensor.of(type, values);
  }

  private void requireLength(int length) {
    Preconditions.checkArgument(
        length == total,
        "The gradient of '%s' has %s entries, got one of %s.",
        name,
        total,
        length);
  }

  /** Such as {@code 200 of 78400 entries}. */
  @Override
  public String toString() {
    return switch (extent) {
      case ALL -> "all " + total + " entries";
      case SAMPLE -> positions.size() + " of " + total + " entries";
      case DIRECTION -> "one direction in " + total + " entries";
    };
  }
}
