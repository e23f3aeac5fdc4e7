package io.deltagraph.serving;

import com.google.common.primitives.Doubles;
import io.deltagraph.data.ColumnOptions;
import io.deltagraph.data.CsvTable;
import io.deltagraph.data.FeatureColumns;
import io.deltagraph.data.Features;
import io.deltagraph.data.Labels;
import io.deltagraph.data.PolynomialFeatures;
import io.deltagraph.data.Scaling;
import io.deltagraph.data.Standardisation;
import io.deltagraph.data.Targets;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import java.util.List;
import java.util.stream.IntStream;

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

  /** X of a table, n × features, in f64. */
  public Tensor inputs(CsvTable table) {
    return inputs(table, DType.F64);
  }

  /**
   * T of a table: n class indices, or n × 1 numbers in f64.
   *
   * @throws io.deltagraph.data.InputException for a missing column, or a cell that is no number or
   *     no known class
   */
  public Tensor targets(CsvTable table) {
    return switch (outcome.read(table)) {
      case Targets.Classes classes -> classes.indices();
      case Targets.Numbers numbers ->
          Tensor.vector(Doubles.toArray(numbers.values())).reshape(numbers.rows(), 1);
    };
  }

  /** The number of features. */
  public int width() {
    return scaling.names().size();
  }

  /**
   * Learns from a table to tell the values of a column apart, by all other columns: numbers,
   * categories and dates as their cells say, standardised. Blank cells are refused.
   *
   * @throws io.deltagraph.data.InputException for a missing column or a cell that cannot be read
   */
  public static Preparation forClasses(CsvTable table, String target) {
    return forClasses(table, target, ColumnOptions.categories(List.of()));
  }

  /** The same with a choice of what columns are taken for and what stands for blank cells. */
  public static Preparation forClasses(CsvTable table, String target, ColumnOptions options) {
    List<String> values = Labels.learn(table, target);
    return learn(table, new Outcome.Classes(target, values, values), options);
  }

  /** Learns from a table to predict a column of numbers, as {@link #forClasses} does a class. */
  public static Preparation forNumbers(CsvTable table, String target) {
    return forNumbers(table, target, ColumnOptions.categories(List.of()));
  }

  /** The same with a choice of what columns are taken for and what stands for blank cells. */
  public static Preparation forNumbers(CsvTable table, String target, ColumnOptions options) {
    return learn(table, new Outcome.Numbers(target), options);
  }

  private static Preparation learn(CsvTable table, Outcome outcome, ColumnOptions options) {
    outcome.read(table);
    List<Integer> all = IntStream.range(0, table.rows()).boxed().toList();
    FeatureColumns columns =
        FeatureColumns.choose(table, outcome.column(), List.of(), options)
            .learn(table, all, options.missing());
    Scaling scaling = new Standardisation.MeanDeviation().fit(columns.read(table));
    return new Preparation(columns, 1, scaling, outcome);
  }
}
