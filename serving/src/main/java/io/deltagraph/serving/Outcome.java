package io.deltagraph.serving;

import static com.google.common.base.Preconditions.checkArgument;

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
   * @param shift added to the product of divisor and output
   * @param divisor what the net's output is multiplied by: targets are divided by it for training,
   *     once the shift is taken off
   */
  record Numbers(String column, double shift, double divisor) implements Outcome {
    /**
     * Checks the scaling.
     *
     * @throws IllegalArgumentException for a divisor of 0, or a number that is not finite
     */
    public Numbers {
      checkArgument(
          Double.isFinite(shift) && Double.isFinite(divisor) && divisor != 0,
          "targets scaled by a shift of %s and a divisor of %s",
          shift,
          divisor);
    }

    /** Numbers as the net gives them out. */
    public Numbers(String column) {
      this(column, 0, 1);
    }

    /** What the net has to give out for a number of the table. */
    public double scaled(double number) {
      return isScaled() ? (number - shift) / divisor : number;
    }

    /** The number that an output of the net stands for. */
    public double number(double output) {
      return isScaled() ? output * divisor + shift : output;
    }

    /** Whether the two differ. */
    public boolean isScaled() {
      return shift != 0 || divisor != 1;
    }

    @Override
    public Targets.Numbers read(CsvTable table) {
      return new Targets.Numbers(table.numbers(column));
    }
  }
}
