package io.deltagraph.serving;

import com.google.common.primitives.Doubles;
import com.google.common.primitives.Ints;
import io.deltagraph.data.PolynomialFeatures;
import io.deltagraph.data.RowReader;

/**
 * How one row becomes the input of a net: the numbers that {@link Preparation} makes of a table
 * with that row, computed in the same order. Belongs to one thread at a time and allocates nothing.
 */
final class RowPreparation {
  private final RowReader reader;
  private final int[][] products;
  private final double[] shifts;
  private final double[] divisors;
  private final double[] base;

  RowPreparation(Preparation preparation) {
    reader = RowReader.of(preparation.columns());
    base = new double[reader.features()];
    products =
        preparation.degree() == 1
            ? new int[0][]
            : new PolynomialFeatures(preparation.degree())
                .factors(base.length).stream().map(Ints::toArray).toArray(int[][]::new);
    shifts = Doubles.toArray(preparation.scaling().shifts());
    divisors = Doubles.toArray(preparation.scaling().divisors());
  }

  int features() {
    return shifts.length;
  }

  /**
   * Writes the net's input.
   *
   * @param cells a number for each column: the cell, or the place of its category
   */
  void write(double[] cells, double[] into) {
    reader.features(cells, base);
    for (int j = 0; j < into.length; j++) {
      into[j] = (feature(j) - shifts[j]) / divisors[j];
    }
  }

  private double feature(int j) {
    if (products.length == 0) {
      return base[j];
    }
    double product = 1;
    for (int factor : products[j]) {
      product *= base[factor];
    }
    return product;
  }
}
