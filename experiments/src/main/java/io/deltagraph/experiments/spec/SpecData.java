package io.deltagraph.experiments.spec;

import com.google.common.collect.ImmutableList;
import io.deltagraph.data.CsvLimits;
import io.deltagraph.data.CsvTable;
import io.deltagraph.data.DataSet;
import io.deltagraph.data.FeatureColumns;
import io.deltagraph.data.Features;
import io.deltagraph.data.Labels;
import io.deltagraph.data.Targets;
import java.nio.file.Path;
import java.util.List;

/**
 * The rows that a spec asks for, checked against its model.
 *
 * @param columns how columns become features; what fills blank cells is learnt once the rows are
 *     split
 * @param classValues the values of the target in the table, in the order of the labels; none for
 *     numbers
 * @param rows the rows, features as in the table (neither scaled nor multiplied, blanks not filled
 *     yet)
 * @param table where the rows are from
 */
public record SpecData(
    FeatureColumns columns, List<String> classValues, DataSet rows, CsvTable table) {
  private static final long MOST_PARAMETERS = 1L << 28;

  public SpecData {
    classValues = ImmutableList.copyOf(classValues);
  }

  /**
   * Reads the table of a spec.
   *
   * @param folder what a relative path starts from: the folder of the spec
   * @throws io.deltagraph.data.InputException if the table cannot be read or does not fit the model
   */
  public static SpecData load(TrainingSpec spec, Path folder) {
    DataSpec data = spec.data();
    CsvTable table =
        switch (data.source()) {
          case DataSpec.Source.BuiltIn(var set) -> set.table();
          case DataSpec.Source.Csv(String path) ->
              switch (data.storage()) {
                case DataSpec.Storage.Memory ignored ->
                    CsvTable.read(folder.resolve(path), CsvLimits.DEFAULT, data.format());
                case DataSpec.Storage.Disk ignored ->
                    CsvTable.onDisk(folder.resolve(path), CsvLimits.DEFAULT, data.format());
              };
        };
    FeatureColumns columns =
        FeatureColumns.choose(table, data.target(), data.columns(), data.options());
    Targets target =
        switch (data.task()) {
          case CLASSIFICATION -> Labels.learn(table, data.target(), data.classNames());
          case REGRESSION -> new Targets.Numbers(table.numbers(data.target()));
        };
    List<String> values =
        switch (data.task()) {
          case CLASSIFICATION -> Labels.order(table.categories(data.target()));
          case REGRESSION -> ImmutableList.of();
        };
    Features features = columns.read(table);
    DataSet rows = new DataSet(spec.name(), features, target);
    check(spec, rows);
    return new SpecData(columns, values, rows, table);
  }

  private static void check(TrainingSpec spec, DataSet rows) {
    int classes =
        switch (rows.target()) {
          case Targets.Classes known -> known.names().size();
          case Targets.Numbers ignored -> 1;
        };
    switch (spec.model()) {
      case ModelSpec.Linear ignored -> {}
      case ModelSpec.Softmax ignored -> {}
      case ModelSpec.Logistic ignored -> requireTwo(spec, classes);
      case ModelSpec.Perceptron ignored -> requireTwo(spec, classes);
      case ModelSpec.Mlp mlp -> {
        boolean fits = mlp.outputs() == classes || (classes == 2 && mlp.outputs() == 1);
        if (!fits) {
          throw SpecErrors.wrong(
              spec.name() + ", at $.model.layers[" + (mlp.layers().size() - 1) + "].units",
              Integer.toString(mlp.outputs()),
              spec.data().task() == TargetKind.REGRESSION
                  ? "1 for a number"
                  : classes + " for " + classes + " classes" + (classes == 2 ? ", or 1" : ""),
              "change the width of the last layer");
        }
        if (mlp.parameters(rows.features().columns()) > MOST_PARAMETERS) {
          throw SpecErrors.wrong(
              spec.name() + ", at $.model.layers",
              mlp.parameters(rows.features().columns()) + " parameters",
              "at most " + MOST_PARAMETERS,
              "take fewer units");
        }
      }
    }
    if (spec.split().folds() > rows.rows()) {
      throw SpecErrors.wrong(
          spec.name() + ", at $.split.folds",
          Integer.toString(spec.split().folds()),
          "at most " + rows.rows() + ", the number of rows",
          "take fewer folds");
    }
  }

  private static void requireTwo(TrainingSpec spec, int classes) {
    if (classes != 2) {
      throw SpecErrors.wrong(
          spec.name() + ", at $.data.target",
          classes + " classes",
          "2 for this family of models",
          "choose the family softmax or mlp");
    }
  }
}
