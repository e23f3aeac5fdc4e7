package io.deltagraph.spark;

import com.google.common.base.Preconditions;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterators;
import com.google.common.primitives.Doubles;
import io.deltagraph.data.FeatureColumns;
import io.deltagraph.data.Labels;
import io.deltagraph.data.RowReader;
import io.deltagraph.data.Scaling;
import io.deltagraph.serving.Outcome;
import io.deltagraph.serving.Preparation;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.jspecify.annotations.Nullable;

/**
 * Learns how columns become the input of a net, as {@link Preparation#forClasses} and {@link
 * Preparation#forNumbers} do, in one pass over a table of any size. Sums are exact, so that the
 * preparation has the same bits however the table is partitioned; beside the one that is learnt
 * from a table in memory, means and deviations differ by their last bits at most.
 */
public final class SparkPreparation {
  /** Texts of a column beyond this are no categories. */
  private static final int MOST_CATEGORIES = 1000;

  private SparkPreparation() {}

  /**
   * Learns to tell the values of a column apart, by all other columns: numbers are standardised,
   * and texts and truth values are categories.
   *
   * @throws IllegalArgumentException for a column that is not there, an empty cell, a column of
   *     another type, or one of more than 1,000 different texts
   */
  public static Preparation forClasses(Dataset<Row> table, String target) {
    Learned learned = learn(table, target, true);
    List<String> values = Labels.order(learned.of(target).texts().keySet());
    Preconditions.checkArgument(
        values.size() > 1,
        "The column '%s' holds %s alone: there is nothing to tell apart.",
        target,
        values);
    return learned.preparation(new Outcome.Classes(target, values, values));
  }

  /** The same for a column of numbers, which stay as they are. */
  public static Preparation forNumbers(Dataset<Row> table, String target) {
    Learned learned = learn(table, target, false);
    Preconditions.checkArgument(
        !learned.of(target).isText(), "The column '%s' holds no numbers.", target);
    return learned.preparation(new Outcome.Numbers(target));
  }

  /** The summaries of some rows. */
  private record Learned(List<String> names, List<ColumnSummary> columns, long rows)
      implements Serializable {
    private static final long serialVersionUID = 1L;

    ColumnSummary of(String column) {
      return columns.get(names.indexOf(column));
    }

    Learned plus(Learned other) {
      for (int i = 0; i < columns.size(); i++) {
        columns.get(i).add(other.columns.get(i));
      }
      return new Learned(names, columns, rows + other.rows);
    }

    Preparation preparation(Outcome outcome) {
      long n = rows;
      ImmutableList.Builder<FeatureColumns.Column> features = ImmutableList.builder();
      List<Double> shifts = new ArrayList<>();
      List<Double> divisors = new ArrayList<>();
      for (int i = 0; i < columns.size(); i++) {
        ColumnSummary column = columns.get(i);
        if (names.get(i).equals(outcome.column())) {
          continue;
        }
        if (column.isText()) {
          List<String> values = Labels.order(column.texts().keySet());
          features.add(new FeatureColumns.Column.OneHot(names.get(i), values));
          for (String value : values) {
            long count = column.texts().getOrDefault(value, 0L);
            shifts.add((double) count / n);
            divisors.add(ColumnSummary.deviation(count, n));
          }
        } else {
          features.add(new FeatureColumns.Column.Numeric(names.get(i)));
          shifts.add(column.mean(n));
          divisors.add(column.deviation(n));
        }
      }
      FeatureColumns chosen = new FeatureColumns(features.build());
      List<String> named =
          chosen.columns().stream().flatMap(column -> column.features().stream()).toList();
      return new Preparation(chosen, 1, new Scaling(named, shifts, divisors), outcome);
    }
  }

  private static Learned learn(Dataset<Row> table, String target, boolean isClass) {
    List<String> names = ImmutableList.copyOf(table.columns());
    Preconditions.checkArgument(
        names.contains(target), "There is no column '%s', but %s.", target, names);
    ImmutableList.Builder<Boolean> texts = ImmutableList.builder();
    for (StructField field : table.schema().fields()) {
      boolean isNumber = field.dataType() instanceof NumericType;
      String type = field.dataType().typeName();
      Preconditions.checkArgument(
          isNumber || type.equals("string") || type.equals("boolean"),
          "The column '%s' is of the type %s: numbers, texts and truth values can be prepared.",
          field.name(),
          type);
      texts.add(!isNumber || (isClass && field.name().equals(target)));
    }
    List<Boolean> areTexts = texts.build();
    List<Learned> parts =
        table.javaRDD().mapPartitions(rows -> summary(names, areTexts, rows)).collect();
    Learned all = parts.stream().reduce(Learned::plus).orElseThrow();
    Preconditions.checkArgument(all.rows() > 0, "There are no rows to learn from.");
    for (int i = 0; i < names.size(); i++) {
      requireFew(names.get(i), all.columns().get(i));
    }
    return all;
  }

  private static void requireFew(String name, ColumnSummary column) {
    Preconditions.checkArgument(
        column.texts().size() <= MOST_CATEGORIES,
        "The column '%s' holds more than %s different texts: leave it out.",
        name,
        MOST_CATEGORIES);
  }

  private static Iterator<Learned> summary(
      List<String> names, List<Boolean> areTexts, Iterator<Row> rows) {
    List<ColumnSummary> columns = new ArrayList<>();
    areTexts.forEach(isText -> columns.add(new ColumnSummary(isText)));
    long count = 0;
    while (rows.hasNext()) {
      Row row = rows.next();
      count++;
      for (int i = 0; i < columns.size(); i++) {
        ColumnSummary column = columns.get(i);
        column.add(cell(names.get(i), row.get(i)));
        requireFew(names.get(i), column);
      }
    }
    return List.of(new Learned(names, columns, count)).iterator();
  }

  private static Object cell(String column, @Nullable Object cell) {
    Preconditions.checkArgument(
        cell != null && !(cell instanceof Number number && !Double.isFinite(number.doubleValue())),
        "The column '%s' holds %s: fill or leave out such rows first.",
        column,
        cell == null ? "nothing" : cell);
    return cell;
  }

  /**
   * The rows that a net is trained on: the prepared features of each row, then the number of its
   * class, or the number that is to be predicted.
   *
   * @param table with the columns that the preparation learnt from and that which is predicted
   */
  public static JavaRDD<double[]> rows(Dataset<Row> table, Preparation preparation) {
    FeatureColumns features = preparation.columns();
    List<String> names = new ArrayList<>();
    features.columns().forEach(column -> names.add(column.name()));
    String target = preparation.outcome().column();
    names.add(target);
    double[] shifts = Doubles.toArray(preparation.scaling().shifts());
    double[] divisors = Doubles.toArray(preparation.scaling().divisors());
    List<String> classes =
        switch (preparation.outcome()) {
          case Outcome.Classes known -> new ArrayList<>(known.values());
          case Outcome.Numbers ignored -> Collections.emptyList();
        };
    return table
        .select(names.getFirst(), names.subList(1, names.size()).toArray(String[]::new))
        .javaRDD()
        .mapPartitions(rows -> {
          RowReader reader = RowReader.of(features);
          return Iterators.transform(
              rows,
              row -> {
                int last = shifts.length;
                double[] numbers = Arrays.copyOf(read(reader, row), last + 1);
                for (int j = 0; j < last; j++) {
                  numbers[j] = (numbers[j] - shifts[j]) / divisors[j];
                }
                numbers[last] = outcome(target, classes, cell(target, row.get(row.size() - 1)));
                return numbers;
              });
        });
  }

  private static double[] read(RowReader reader, Row row) {
    List<@Nullable Object> cells = new ArrayList<>();
    for (int i = 0; i < reader.width(); i++) {
      Object cell = row.get(i);
      cells.add(cell == null || cell instanceof Number ? cell : cell.toString());
    }
    double[] codes = new double[reader.width()];
    double[] features = new double[reader.features()];
    reader.read("a row", cells, codes);
    reader.features(codes, features);
    return features;
  }

  private static double outcome(String target, List<String> classes, Object cell) {
    if (classes.isEmpty()) {
      return ((Number) cell).doubleValue();
    }
    int place = classes.indexOf(cell.toString().strip());
    Preconditions.checkArgument(
        place >= 0, "The column '%s' holds '%s', which is none of %s.", target, cell, classes);
    return place;
  }
}
