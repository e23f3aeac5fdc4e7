package io.deltagraph.serving;

import io.deltagraph.data.CsvTable;
import io.deltagraph.data.FeatureColumns;
import io.deltagraph.data.Features;
import io.deltagraph.data.PolynomialFeatures;
import io.deltagraph.data.Scaling;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;

/**
 * How a table becomes the input of a net: columns, then products of them, then scaling. Learnt from
 * the training rows alone.
 *
 * @param columns which columns, and the categories of those that hold categories
 * @param degree of the products; 1 for the columns alone
 * @param scaling shift and divisor of every feature
 * @param outcome what is predicted
 */
public record Preparation(FeatureColumns columns, int degree, Scaling scaling, Outcome outcome) {

  /** The products of features up to a degree; the features themselves for 1. */
  public static Features products(Features features, int degree) {
    return degree == 1 ? features : new PolynomialFeatures(degree).apply(features);
  }

  /** The features of a table's rows, not yet computed. */
  Features features(CsvTable table) {
    return scaling.apply(products(columns.read(table), degree));
  }

  /**
   * X of a table, n × features.
   *
   * @throws io.deltagraph.data.InputException for a missing column, or a cell that is no number or
   *     no known category, or that the dtype cannot hold
   */
  public Tensor inputs(CsvTable table, DType dtype) {
    return table.tensor(features(table), dtype);
  }
}
