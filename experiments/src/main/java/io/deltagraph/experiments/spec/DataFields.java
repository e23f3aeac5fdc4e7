package io.deltagraph.experiments.spec;

import static io.deltagraph.experiments.spec.SpecField.defaulted;
import static io.deltagraph.experiments.spec.SpecField.optional;
import static io.deltagraph.experiments.spec.SpecField.required;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.deltagraph.data.BuiltInSet;
import io.deltagraph.data.ColumnOptions;
import io.deltagraph.data.MissingRule;
import io.deltagraph.data.MissingRules;
import java.util.List;
import java.util.Map;

/** The fields of a spec that say which rows there are and how they are prepared. */
final class DataFields {
  static final ImmutableMap<String, TargetKind> TASKS =
      ImmutableMap.of(
          "classification", TargetKind.CLASSIFICATION, "regression", TargetKind.REGRESSION);
  static final ImmutableMap<String, MissingRule> MISSING_RULES =
      ImmutableMap.of(
          "refuse", MissingRule.REFUSE,
          "mean", MissingRule.MEAN,
          "median", MissingRule.MEDIAN,
          "most_frequent", MissingRule.MOST_FREQUENT,
          "indicator", MissingRule.INDICATOR);
  static final ImmutableMap<String, Character> DELIMITERS =
      ImmutableMap.of("auto", '\0', ",", ',', ";", ';', "tab", '\t', "|", '|');
  static final ImmutableMap<String, Character> DECIMALS =
      ImmutableMap.of("auto", '\0', ".", '.', ",", ',');
  static final ImmutableMap<String, Boolean> STORAGES =
      ImmutableMap.of("memory", false, "disk", true);
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

  static final SpecField<MissingRules> MISSING =
      defaulted(
          "data.missing",
          FieldKind.oneOfEach(MISSING_RULES, MissingRules::all, MissingRules::of, "column"),
          "\"refuse\"",
          "\"median\"",
          "What stands for a blank cell of a column to learn from: nothing ('refuse'), the mean or"
              + " median of the training rows, or what most of them have; for categories the last"
              + " of these in place of the others. 'indicator' takes the mean, or no category, and"
              + " adds a feature that is 1 where the cell is blank. In columns of numbers and"
              + " dates NA, N/A, NaN, null and ? are blank too. An object has a rule for each column"
              + " that it names, such as { \"age\": \"median\" }; blank cells of others are"
              + " refused.");

  static final SpecField<Boolean> UNSEEN =
      defaulted(
          "data.unseen",
          FieldKind.oneOf(ImmutableMap.of("refuse", false, "zeros", true)),
          "\"refuse\"",
          "\"zeros\"",
          "What a later table's category becomes that the model has not seen: refused, or 0 in all"
              + " features of its column.");

  static final SpecField<Boolean> DATES =
      defaulted(
          "data.dates",
          FieldKind.oneOf(ImmutableMap.of("days", false, "parts", true)),
          "\"days\"",
          "\"parts\"",
          "What a date such as 2025-01-31 becomes: days since 1970-01-01, or its year, month, day"
              + " and day of the week (1 is Monday).");

  static final SpecField<Integer> MOST_CATEGORIES =
      defaulted(
          "data.mostCategories",
          FieldKind.count(1, MOST_COLUMNS),
          Integer.toString(ColumnOptions.MOST_CATEGORIES),
          "500",
          "How many different texts a column may have that is not listed under 'oneHot': with more"
              + " it is refused, since it probably holds names.");

  static final SpecField<Character> DELIMITER =
      defaulted(
          "data.delimiter",
          FieldKind.oneOf(DELIMITERS),
          "\"auto\"",
          "\";\"",
          "What stands between the cells of the CSV file; 'auto' tells it from the line of names.");

  static final SpecField<Character> DECIMAL =
      defaulted(
          "data.decimal",
          FieldKind.oneOf(DECIMALS),
          "\"auto\"",
          "\",\"",
          "What stands before the decimals of a number; 'auto' tells it from the first lines where"
              + " the cells are not separated by commas, and is a point where they are.");

  static final SpecField<Boolean> TARGET_SCALING =
      defaulted(
          "data.targetScaling",
          FieldKind.oneOf(ImmutableMap.of("none", false, "standard", true)),
          "\"none\"",
          "\"standard\"",
          "How the target of a regression is scaled for training: not, or to mean 0 and deviation 1"
              + " of the training rows. Predictions and scores are in the unit of the table, losses"
              + " in that of training.");

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

  static final SpecField<Boolean> STORAGE =
      defaulted(
          "data.storage",
          FieldKind.oneOf(STORAGES),
          "\"memory\"",
          "\"disk\"",
          "Where rows are kept while they are trained on. 'disk' is for a CSV file that does not"
              + " fit in memory: of its rows a portion at a time is there, and temporary files hold"
              + " about as much as the file itself.");

  static final SpecField<Integer> PORTION =
      defaulted(
          "data.portion",
          FieldKind.countOr("auto", 0, 1, SpecFields.MOST_ROWS),
          "\"auto\"",
          "100000",
          "With rows on disk, how many of them are in memory at a time, and so shuffled together;"
              + " raised to whole batches. 'auto' takes as many as fill 32 MiB. What comes of"
              + " training depends on it, as on the seed; where all rows fit in, it is what comes"
              + " of them in memory.");

  private static Map<String, BuiltInSet> builtIn() {
    ImmutableMap.Builder<String, BuiltInSet> known = ImmutableMap.builder();
    for (BuiltInSet set : BuiltInSet.values()) {
      known.put(set.id(), set);
    }
    return known.buildOrThrow();
  }
}
