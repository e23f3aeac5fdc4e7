package io.deltagraph.spark;

import com.google.common.base.Preconditions;
import io.deltagraph.training.RowForm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import scala.collection.Seq;

/** Rows of a table as numbers one after another. */
final class RowColumns {
  private RowColumns() {}

  /**
   * The numbers of the columns that the parts of a row are made of.
   *
   * @param columns of a part by its name; the column of that name where it is not there
   */
  static JavaRDD<double[]> of(RowForm form, Map<String, List<String>> columns, Dataset<Row> table) {
    List<String> there = Arrays.asList(table.columns());
    List<Integer> places = new ArrayList<>();
    List<String> names = new ArrayList<>();
    columns.keySet().forEach(name -> requireAPart(form, name));
    for (RowForm.Part part : form.parts()) {
      for (String column : columns.getOrDefault(part.name(), List.of(part.name()))) {
        int place = there.indexOf(column);
        Preconditions.checkArgument(
            place >= 0,
            "There is no column '%s' for '%s', but %s. SparkTrainer.columns names others.",
            column,
            part.name(),
            there);
        places.add(place);
        names.add(column);
      }
    }
    int width = form.width();
    return table
        .javaRDD()
        .map(row -> {
          double[] numbers = new double[width];
          int at = 0;
          for (int i = 0; i < places.size(); i++) {
            at = put(names.get(i), row.get(places.get(i)), numbers, at);
          }
          return at == width ? numbers : Arrays.copyOf(numbers, at);
        });
  }

  private static void requireAPart(RowForm form, String name) {
    Preconditions.checkArgument(
        form.parts().stream().anyMatch(part -> part.name().equals(name)),
        "The model has no input and no target '%s', but %s.",
        name,
        form.parts().stream().map(RowForm.Part::name).toList());
  }

  private static int put(String column, @Nullable Object cell, double[] numbers, int at) {
    if (cell instanceof Seq<?> many) {
      int next = at;
      for (int i = 0; i < many.length(); i++) {
        next = put(column, many.apply(i), numbers, next);
      }
      return next;
    }
    double number;
    if (cell instanceof Number known) {
      number = known.doubleValue();
    } else if (cell instanceof Boolean truth) {
      number = truth ? 1 : 0;
    } else {
      throw new IllegalArgumentException(
          "The column '%s' holds %s, where a number is needed: fill or leave out such rows first."
              .formatted(column, cell == null ? "nothing" : "'" + cell + "'"));
    }
    Preconditions.checkArgument(
        at < numbers.length,
        "A row has more numbers than the %s that the model takes, from the column '%s' on.",
        numbers.length,
        column);
    numbers[at] = number;
    return at + 1;
  }
}
