package io.deltagraph.experiments.spec;

import static io.deltagraph.experiments.spec.SpecField.defaulted;
import static io.deltagraph.experiments.spec.SpecField.optional;
import static io.deltagraph.experiments.spec.SpecField.required;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.deltagraph.data.BuiltInSet;
import java.util.List;
import java.util.Map;

/** The fields of a spec that say which rows there are and how they are prepared. */
final class DataFields {
  static final ImmutableMap<String, TargetKind> TASKS =
      ImmutableMap.of(
          "classification", TargetKind.CLASSIFICATION, "regression", TargetKind.REGRESSION);
  private static final int MOST_COLUMNS = 16_384;

  private DataFields() {}

  static final SpecField<JsonCursor> DATA =
      required(
          "data",
          FieldKind.group("an object"),
          "an object that says which table to learn from",
          "{ \"csv\": \"houses.csv\", \"target\": \"price\", \"task\": \"regression\" }",
          "Which table to learn from and what its columns are.");

  static final SpecField<BuiltInSet> BUILT_IN =
      optional(
          "data.builtIn",
          FieldKind.oneOf(builtIn()),
          "the table is that of 'csv'",
          "\"iris\"",
          "The name of a set that ships with the project; either this or 'csv'.");

  static final SpecField<String> CSV =
      optional(
          "data.csv",
          FieldKind.text("the path of a CSV file"),
          "the table is that of 'builtIn'",
          "\"houses.csv\"",
          "A CSV file with a line of names at its top; a relative path starts from the folder of"
              + " the spec. Either this or 'builtIn'.");

  static final SpecField<String> TARGET =
      optional(
          "data.target",
          FieldKind.text("the name of the column to predict"),
          "known of a built-in set; else refused",
          "\"price\"",
          "The column to predict.");

  static final SpecField<List<String>> COLUMNS =
      defaulted(
          "data.columns",
          FieldKind.texts(MOST_COLUMNS, "a list of names of columns"),
          "[]",
          "[\"area\", \"rooms\"]",
          "The columns to learn from; none means all but the target.");

  static final SpecField<List<String>> ONE_HOT =
      defaulted(
          "data.oneHot",
          FieldKind.texts(MOST_COLUMNS, "a list of names of columns"),
          "[]",
          "[\"district\"]",
          "The columns among them that hold categories: each category becomes a feature of 0 or"
              + " 1.");

  static final SpecField<List<String>> CLASS_NAMES =
      defaulted(
          "data.classNames",
          FieldKind.texts(MOST_COLUMNS, "a list of names of classes"),
          "[]",
          "[\"no\", \"yes\"]",
          "What to call the classes, in the order of their values; none means as in the table.");

  static final SpecField<TargetKind> TASK =
      optional(
          "data.task",
          FieldKind.oneOf(TASKS),
          "known of a built-in set; else refused",
          "\"regression\"",
          "Whether the target holds one of a few classes or a number.");

  static final SpecField<JsonCursor> SPLIT =
      defaulted(
          "split",
          FieldKind.group("an object"),
          "{}",
          "{ \"testFraction\": 0.25 }",
          "Which rows are held out: never trained on, and scored at the end.");

  static final SpecField<Double> TEST_FRACTION =
      defaulted(
          "split.testFraction",
          FieldKind.share(),
          "0.2",
          "0.25",
          "The share of the rows that is held out. 0 holds none out: then training rows are"
              + " scored.");

  static final SpecField<Integer> FOLDS =
      defaulted(
          "split.folds",
          FieldKind.countOr("none", 0, 2, SpecFields.MOST_ROWS),
          "\"none\"",
          "5",
          "In how many parts the rows are dealt, each held out once, before the run itself.");

  static final SpecField<JsonCursor> STANDARDISATION =
      defaulted(
          "standardisation",
          FieldKind.wordOrGroup(
              ImmutableList.of("none", "standard", "min_max"),
              "one of 'none', 'standard', 'min_max', or an object with the name 'divide'"),
          "\"standard\"",
          "\"min_max\"",
          "How features are scaled: 'standard' to mean 0 and deviation 1, 'min_max' to 0 to 1,"
              + " learnt from the training rows; or divided by a number.");

  static final SpecField<Boolean> DIVIDE =
      required(
          "standardisation.name",
          FieldKind.oneOf(ImmutableMap.of("divide", true)),
          "'divide'",
          "\"divide\"",
          "Says that features are divided.");

  static final SpecField<Double> BY =
      required(
          "standardisation.by",
          FieldKind.not0(),
          "a number other than 0",
          "255",
          "What they are divided by.");

  private static Map<String, BuiltInSet> builtIn() {
    ImmutableMap.Builder<String, BuiltInSet> known = ImmutableMap.builder();
    for (BuiltInSet set : BuiltInSet.values()) {
      known.put(set.id(), set);
    }
    return known.buildOrThrow();
  }
}
