package io.deltagraph.serving.http;

import io.deltagraph.data.FeatureColumns;
import io.deltagraph.serving.SavedModel;
import java.util.LinkedHashMap;
import java.util.Map;

/** A row that a model takes, to be shown and to be tried. */
final class ExampleRow {
  private static final double DIGITS = 1e4;

  private ExampleRow() {}

  /** The shift of each column of numbers, which is its mean in most models; first categories. */
  static Map<String, Object> of(SavedModel model) {
    Map<String, Object> row = new LinkedHashMap<>();
    int at = 0;
    for (FeatureColumns.Column column : model.preparation().columns().columns()) {
      row.put(
          column.name(),
          switch (column) {
            case FeatureColumns.Column.Numeric ignored ->
                rounded(model.preparation().scaling().shifts().get(at));
            case FeatureColumns.Column.OneHot categories -> categories.values().getFirst();
            case FeatureColumns.Column.Dated ignored -> "2025-01-31";
          });
      at += column.features().size();
    }
    return row;
  }

  private static double rounded(double value) {
    double few = Math.rint(value * DIGITS) / DIGITS;
    return Double.isFinite(few) && few != 0 ? few : value;
  }
}
