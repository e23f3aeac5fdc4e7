package io.deltagraph.experiments;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import io.deltagraph.activations.Identity;
import io.deltagraph.activations.Relu;
import io.deltagraph.activations.Softmax;
import io.deltagraph.data.ColumnOptions;
import io.deltagraph.data.ColumnTypes;
import io.deltagraph.data.CsvTable;
import io.deltagraph.data.InputException;
import io.deltagraph.data.Split;
import io.deltagraph.experiments.spec.SpecReader;
import io.deltagraph.losses.MeanSquaredError;
import io.deltagraph.losses.SoftmaxCrossEntropy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A first spec for a table, and why it is as it is: a net of one hidden layer that trains at once,
 * to be changed from there.
 *
 * @param json the spec
 * @param columns what each column was taken for
 * @param choices what else was chosen, one sentence each
 */
public record SpecDraft(String json, List<Taken> columns, List<String> choices) {
  /** As many different whole numbers are classes still. */
  private static final int MOST_CLASSES = 20;

  /** And as many rows of each class there have to be on average. */
  private static final int ROWS_OF_A_CLASS = 5;

  private static final int UNITS = 32;
  private static final double LEARNING_RATE = 0.01;
  private static final int STEPS = 3000;
  private static final int BATCH = 32;
  private static final int FEWEST_EPOCHS = 20;
  private static final int MOST_EPOCHS = 300;

  public SpecDraft {
    columns = ImmutableList.copyOf(columns);
    choices = ImmutableList.copyOf(choices);
  }

  /**
   * What a column was taken for.
   *
   * @param column its name
   * @param as what it is in the spec
   * @param why what its cells look like
   */
  public record Taken(String column, String as, String why) {}

  /**
   * Drafts a spec.
   *
   * @param table the table
   * @param csv its path as the spec is to state it
   * @param target the column to predict
   * @throws InputException for a column that is not there, a target that cannot be predicted, or a
   *     table with no column to learn from
   */
  public static SpecDraft of(CsvTable table, String csv, String target) {
    ColumnTypes.Found predicted = ColumnTypes.find(table, target);
    boolean classes = isOfClasses(table, target, predicted);
    List<Taken> taken = new ArrayList<>();
    List<String> used = new ArrayList<>();
    boolean blanks = false;
    for (String column : table.columns()) {
      if (column.equals(target)) {
        taken.add(
            new Taken(
                column,
                "target",
                classes
                    ? predicted.different() + " different values: a classification"
                    : "numbers, " + predicted.different() + " different ones: a regression"));
        continue;
      }
      ColumnTypes.Found found = ColumnTypes.find(table, column);
      Taken one = taken(table, column, found);
      taken.add(one);
      if (!one.as().equals(LEFT_OUT)) {
        used.add(column);
        blanks |= found.blank();
      }
    }
    if (used.isEmpty()) {
      throw new InputException(
          table.source(),
          "no column beside the target " + InputException.quoted(target) + " to learn from",
          "at least one of numbers, dates or categories",
          "choose another target by --target");
    }
    boolean all = used.size() == table.columns().size() - 1;
    int epochs = Math.clamp((long) STEPS * BATCH / table.rows(), FEWEST_EPOCHS, MOST_EPOCHS);
    String json = json(csv, target, all ? List.of() : used, blanks, classes, predicted, epochs);
    SpecReader.parse("the draft", "draft", json.getBytes(StandardCharsets.UTF_8));
    return new SpecDraft(json, taken, choices(table, blanks, classes, epochs));
  }

  private static final String LEFT_OUT = "left out";

  private static Taken taken(CsvTable table, String column, ColumnTypes.Found found) {
    String blank = found.blank() ? ", some blank" : "";
    int different = found.different();
    if (different <= 1) {
      return new Taken(column, LEFT_OUT, "the same in every row" + blank);
    }
    return switch (found.kind()) {
      case NUMBERS ->
          isNumbering(table, column, different)
              ? new Taken(column, LEFT_OUT, "numbers the rows")
              : new Taken(column, "numbers", "each cell is a number" + blank);
      case DATES -> new Taken(column, "dates", "each cell is a date" + blank);
      case TEXTS ->
          different > ColumnOptions.MOST_CATEGORIES || 2 * different > table.rows()
              ? new Taken(
                  column, LEFT_OUT, different + " different texts: names rather than categories")
              : new Taken(column, "categories", different + " different texts" + blank);
      case MOSTLY_NUMBERS ->
          new Taken(
              column,
              LEFT_OUT,
              "not each cell is a number: correct it, or list the column under oneHot");
    };
  }

  /** A column of row numbers or keys says nothing about other rows. */
  private static boolean isNumbering(CsvTable table, String column, int different) {
    String name = Ascii.toLowerCase(column);
    boolean named =
        name.equals("id") || name.endsWith("_id") || name.equals("index") || name.equals("row");
    return named && different == table.rows();
  }

  private static boolean isOfClasses(CsvTable table, String target, ColumnTypes.Found found) {
    String where = table.source() + ", column " + InputException.quoted(target);
    if (found.blank()) {
      throw new InputException(
          where,
          "a blank cell in the column to predict",
          "a value in every row",
          "fill it in, delete the row, or choose another target by --target");
    }
    if (found.different() < 2) {
      throw new InputException(
          where,
          "the same value in every row",
          "at least two to tell apart",
          "choose another target by --target");
    }
    return switch (found.kind()) {
      case NUMBERS ->
          found.different() <= MOST_CLASSES
              && found.different() * ROWS_OF_A_CLASS <= table.rows()
              && table.numbers(target).stream().allMatch(number -> number == Math.rint(number));
      case TEXTS, MOSTLY_NUMBERS -> {
        if (2 * found.different() > table.rows()) {
          throw new InputException(
              where,
              found.different() + " different texts in " + table.rows() + " rows",
              "numbers, or a few classes",
              "choose another target by --target");
        }
        yield true;
      }
      case DATES ->
          throw new InputException(
              where, "dates", "numbers or classes", "choose another target by --target");
    };
  }

  private static List<String> choices(CsvTable table, boolean blanks, boolean classes, int epochs) {
    ImmutableList.Builder<String> out = ImmutableList.builder();
    table
        .format()
        .remarks()
        .forEach(remark ->
            out.add(
                Ascii.toUpperCase(remark.substring(0, 1))
                    + remark.substring(1)
                    + ", as the first lines show."));
    if (blanks) {
      out.add("Blank cells are filled with the median of the training rows (data.missing).");
    }
    if (!classes) {
      out.add(
          "The target is scaled for training, and predictions are scaled back (data.targetScaling).");
    }
    out.add(
        table.rows() < Split.FEWEST_ROWS
            ? "Nothing is held out, since there are few rows (split)."
            : "A fifth of the rows is held out and scored at the end (split).");
    out.add(
        "One hidden layer of %d units, trained by adam, %d times through the rows (model, optimizer, epochs)."
            .formatted(UNITS, epochs));
    return out.build();
  }

  private static String json(
      String csv,
      String target,
      List<String> columns,
      boolean blanks,
      boolean classes,
      ColumnTypes.Found predicted,
      int epochs) {
    ObjectNode out = JsonNodeFactory.instance.objectNode();
    ObjectNode data = out.putObject("data").put("csv", csv).put("target", target);
    data.put("task", classes ? "classification" : "regression");
    if (!columns.isEmpty()) {
      columns.forEach(data.putArray("columns")::add);
    }
    if (blanks) {
      data.put("missing", "median");
    }
    if (!classes) {
      data.put("targetScaling", "standard");
    }
    ArrayNode layers = out.putObject("model").put("family", "mlp").putArray("layers");
    layers.addObject().put("units", UNITS).put("activation", Relu.ID.toString());
    layers
        .addObject()
        .put("units", classes ? predicted.different() : 1)
        .put("activation", (classes ? Softmax.ID : Identity.ID).toString());
    out.put("loss", (classes ? SoftmaxCrossEntropy.ID : MeanSquaredError.ID).toString());
    out.putObject("optimizer").put("name", "adam").put("learningRate", LEARNING_RATE);
    return out.put("epochs", epochs).toPrettyString() + "\n";
  }
}
