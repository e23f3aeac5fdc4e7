package io.deltagraph.experiments.spec;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.deltagraph.experiments.spec.SpecField.defaulted;
import static io.deltagraph.experiments.spec.SpecField.optional;
import static io.deltagraph.experiments.spec.SpecField.required;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.deltagraph.data.metrics.Metric;
import io.deltagraph.type.DType;
import java.util.List;

/** The one table of the fields of a spec. */
final class SpecFields {
  static final int VERSION_NOW = 1;
  static final ImmutableMap<String, DType> DTYPES =
      ImmutableMap.of("f32", DType.F32, "f64", DType.F64);
  private static final int MOST_EPOCHS = 10_000_000;
  static final int MOST_ROWS = 5_000_000;
  private static final int MOST_THREADS = 256;

  private SpecFields() {}

  static final SpecField<Long> VERSION =
      defaulted(
          "version",
          FieldKind.integer(VERSION_NOW, VERSION_NOW, "the version " + VERSION_NOW),
          "1",
          "1",
          "The version of this format.");

  static final SpecField<Integer> EPOCHS =
      required(
          "epochs",
          FieldKind.count(1, MOST_EPOCHS),
          "how many passes to make",
          "100",
          "The most passes over the training rows.");

  static final SpecField<Integer> BATCH =
      defaulted(
          "batch",
          FieldKind.countOr("all", 0, 1, MOST_ROWS),
          "32",
          "\"all\"",
          "How many rows a step takes; 'all' for all of them.");

  static final SpecField<Double> STOP_BELOW =
      optional(
          "stopBelow",
          FieldKind.number(),
          "never",
          "0.01",
          "Training ends after an epoch whose loss is below this.");

  static final SpecField<Double> VALIDATION =
      defaulted(
          "validation",
          FieldKind.share(),
          "0.0",
          "0.1",
          "The share of the training rows that is not trained on, drawn by the seed, so that the"
              + " loss on them is watched after each epoch; 0 means that the loss of training is"
              + " watched.");

  static final SpecField<Integer> PATIENCE =
      optional(
          "patience",
          FieldKind.count(1, MOST_EPOCHS),
          "no end by it",
          "10",
          "Training ends after so many epochs in which the watched loss did not improve, and the"
              + " best weights are taken back.");

  static final SpecField<Double> MIN_DELTA =
      defaulted(
          "minDelta",
          FieldKind.atLeast0(),
          "0.0",
          "0.001",
          "What the watched loss must fall by, below the best so far, to be better.");

  static final SpecField<Double> TIME_LIMIT =
      optional(
          "timeLimit",
          FieldKind.above0(),
          "no end by it",
          "600",
          "The seconds after which training ends, with the step in hand.");

  static final SpecField<List<Metric>> METRICS =
      defaulted(
          "metrics",
          FieldKind.someOf(Metric.named()),
          "[]",
          "[\"balanced_accuracy\", \"f1_macro\"]",
          "What predictions are scored by besides the table of the classes; none means accuracy,"
              + " ROC AUC and log loss, or R2, RMSE and MAE.");

  static final SpecField<Long> SEED =
      defaulted(
          "seed",
          FieldKind.integer(Long.MIN_VALUE, Long.MAX_VALUE, "a whole number of 64 bits"),
          "1",
          "7",
          "What the split, the weights and the order of the rows are drawn from: the same seed"
              + " gives the same bits.");

  static final SpecField<DType> DTYPE =
      defaulted(
          "dtype",
          FieldKind.oneOf(DTYPES),
          "\"f32\"",
          "\"f64\"",
          "The type of the weights: single or double precision.");

  static final SpecField<Integer> THREADS =
      defaulted(
          "threads",
          FieldKind.count(1, MOST_THREADS),
          "1",
          "2",
          "How many threads a step may use; the results are the same bits.");

  static final SpecField<String> SCHEMA =
      optional(
          "$schema",
          FieldKind.text("the place of a JSON Schema"),
          "nothing",
          "\"docs/spec.schema.json\"",
          "Where editors find the schema of specs; a run does not read it.");

  /** All of them, in the order in which they are told; a field stands after what it stands in. */
  static final ImmutableList<SpecField<?>> ALL =
      ImmutableList.of(
          VERSION,
          DataFields.DATA,
          DataFields.BUILT_IN,
          DataFields.CSV,
          DataFields.TARGET,
          DataFields.COLUMNS,
          DataFields.ONE_HOT,
          DataFields.MISSING,
          DataFields.UNSEEN,
          DataFields.DATES,
          DataFields.MOST_CATEGORIES,
          DataFields.DELIMITER,
          DataFields.DECIMAL,
          DataFields.TARGET_SCALING,
          DataFields.CLASS_NAMES,
          DataFields.TASK,
          DataFields.STORAGE,
          DataFields.PORTION,
          DataFields.SPLIT,
          DataFields.TEST_FRACTION,
          DataFields.FOLDS,
          DataFields.STANDARDISATION,
          DataFields.DIVIDE,
          DataFields.BY,
          ModelFields.MODEL,
          ModelFields.FAMILY,
          ModelFields.PARAMETRISATION,
          ModelFields.DEGREE,
          ModelFields.LAYERS,
          ModelFields.UNITS,
          ModelFields.ACTIVATION,
          ModelFields.NORMALISATION,
          ModelFields.DROPOUT,
          ModelFields.PERCEPTRON_RATE,
          ModelFields.INITIALISER,
          ModelFields.LOSS,
          ModelFields.L1,
          ModelFields.L2,
          ModelFields.CLASS_WEIGHTS,
          ModelFields.OPTIMIZER,
          ModelFields.LEARNING_RATE,
          ModelFields.SCHEDULE,
          ModelFields.CLIPPING,
          ModelFields.CLIP_VALUE,
          ModelFields.CLIP_NORM,
          EPOCHS,
          BATCH,
          STOP_BELOW,
          VALIDATION,
          PATIENCE,
          MIN_DELTA,
          TIME_LIMIT,
          METRICS,
          SEED,
          DTYPE,
          THREADS,
          SCHEMA);

  /** The fields that stand in one of that path. */
  static List<SpecField<?>> in(String parent) {
    return ALL.stream().filter(field -> field.parent().equals(parent)).collect(toImmutableList());
  }

  /** The names of the fields that stand in one of that path. */
  static String[] names(String parent) {
    return in(parent).stream().map(SpecField::name).toArray(String[]::new);
  }

  /** The names of the fields of a model of that family. */
  static String[] ofModel(String family) {
    return in(ModelFields.MODEL.path()).stream()
        .filter(field -> field.families().isEmpty() || field.families().contains(family))
        .map(SpecField::name)
        .toArray(String[]::new);
  }
}
