package io.deltagraph.serving;

import com.google.common.collect.ImmutableList;
import io.deltagraph.data.CsvTable;
import io.deltagraph.data.Labels;
import io.deltagraph.data.Targets;
import java.util.List;

/** What a model predicts, and how the column of a table holds it. */
public sealed interface Outcome {

  /** The column. */
  String column();

  /** The column of a table that has it. */
  Targets read(CsvTable table);

  /**
   * One of a few classes.
   *
   * @param column of the table
   * @param values what the column holds, in the order of the classes
   * @param names what to call the classes, as many
   */
  record Classes(String column, List<String> values, List<String> names) implements Outcome {
    public Classes {
      values = ImmutableList.copyOf(values);
      names = ImmutableList.copyOf(names);
    }

    @Override
    public Targets.Classes read(CsvTable table) {
      return Labels.read(table, column, values, names);
    }
  }

  /**
   * A number.
   *
   * @param column of the table
   */
  record Numbers(String column) implements Outcome {
    @Override
    public Targets.Numbers read(CsvTable table) {
      return new Targets.Numbers(table.numbers(column));
    }
  }
}
