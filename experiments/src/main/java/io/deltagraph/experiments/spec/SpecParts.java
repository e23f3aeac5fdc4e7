package io.deltagraph.experiments.spec;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableMap;
import io.deltagraph.data.BuiltInSet;
import io.deltagraph.data.ColumnOptions;
import io.deltagraph.data.CsvFormat;
import io.deltagraph.data.Standardisation;
import io.deltagraph.data.metrics.Metric;
import io.deltagraph.models.Normalisation;
import io.deltagraph.training.Stopping;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Turns the JSON of a spec into its records, part by part. */
final class SpecParts {
  private final JsonCursor root;

  SpecParts(JsonCursor root) {
    this.root = root;
  }

  TrainingSpec spec(String name) {
    root.object(SpecFields.names(""));
    SpecFields.VERSION.read(root);
    DataSpec data = data(DataFields.DATA.read(root));
    ModelSpec model = model(ModelFields.MODEL.read(root));
    checkTask(data.task(), model);
    boolean ownRule = model instanceof ModelSpec.Perceptron;
    TrainingSpec spec =
        new TrainingSpec(
            name,
            data,
            split(DataFields.SPLIT.read(root)),
            standardisation(DataFields.STANDARDISATION.read(root)),
            model,
            part(ModelFields.LOSS, ownRule)
                .map(loss -> loss(loss, root.required("loss", "a loss"), data.task())),
            part(ModelFields.OPTIMIZER, ownRule)
                .map(rule -> optimizer(rule, root.required("optimizer", "an optimizer"))),
            SpecFields.EPOCHS.read(root),
            rows(SpecFields.BATCH.read(root)),
            SpecFields.STOP_BELOW
                .optional(root)
                .map(OptionalDouble::of)
                .orElse(OptionalDouble.empty()),
            stopping(),
            metrics(data.task()),
            SpecFields.SEED.read(root),
            SpecFields.DTYPE.read(root),
            SpecFields.THREADS.read(root));
    checkStorage(spec);
    return spec;
  }

  /** A part that the perceptron's own rule replaces. */
  private <T> Optional<T> part(SpecField<T> field, boolean ownRule) {
    if (!ownRule) {
      return Optional.of(field.read(root));
    }
    root.optional(field.name())
        .ifPresent(cursor -> {
          throw SpecErrors.wrong(
              cursor.where(),
              cursor.found(),
              "nothing beside the perceptron, which has its own rule",
              "delete the field or choose the family logistic or mlp");
        });
    return Optional.empty();
  }

  private Stopping stopping() {
    return new Stopping(
        SpecFields.VALIDATION.read(root),
        SpecFields.PATIENCE.optional(root).map(OptionalInt::of).orElse(OptionalInt.empty()),
        SpecFields.MIN_DELTA.read(root),
        SpecFields.TIME_LIMIT
            .optional(root)
            .map(seconds -> Duration.ofNanos((long) Math.min(seconds * 1e9, Long.MAX_VALUE))));
  }

  private List<Metric> metrics(TargetKind task) {
    List<Metric> metrics = SpecFields.METRICS.read(root);
    for (int i = 0; i < metrics.size(); i++) {
      if (metrics.get(i).isOfClasses() != (task == TargetKind.CLASSIFICATION)) {
        throw SpecErrors.wrong(
            root.where() + ".metrics[" + i + "]",
            "'" + metrics.get(i).id() + "'",
            task == TargetKind.CLASSIFICATION ? "a metric of classes" : "a metric of numbers",
            "choose another one");
      }
    }
    return metrics;
  }

  private void checkTask(TargetKind task, ModelSpec model) {
    Optional<TargetKind> only =
        switch (model) {
          case ModelSpec.Linear ignored -> Optional.of(TargetKind.REGRESSION);
          case ModelSpec.Logistic ignored -> Optional.of(TargetKind.CLASSIFICATION);
          case ModelSpec.Softmax ignored -> Optional.of(TargetKind.CLASSIFICATION);
          case ModelSpec.Perceptron ignored -> Optional.of(TargetKind.CLASSIFICATION);
          case ModelSpec.Mlp ignored -> Optional.empty();
        };
    if (only.isPresent() && only.get() != task) {
      JsonCursor family =
          root.required("model", "a model").required("family", "the name of a model family");
      throw SpecErrors.wrong(
          family.where(),
          family.found(),
          task == TargetKind.REGRESSION
              ? "a family for regression, 'linear' or 'mlp'"
              : "a family for classification, 'logistic', 'softmax', 'mlp' or 'perceptron'",
          "change the family or the task");
    }
  }

  private static DataSpec data(JsonCursor at) {
    at.object(SpecFields.names("data"));
    Optional<JsonCursor> csv = at.optional(DataFields.CSV.name());
    if (csv.isPresent() == at.optional(DataFields.BUILT_IN.name()).isPresent()) {
      throw SpecErrors.wrong(
          at.where(),
          csv.isPresent() ? "both 'csv' and 'builtIn'" : "neither 'csv' nor 'builtIn'",
          "one of the two",
          "name either a CSV file or a built-in set");
    }
    Optional<BuiltInSet> set = DataFields.BUILT_IN.optional(at);
    DataSpec.Source source =
        set.isPresent()
            ? new DataSpec.Source.BuiltIn(set.get())
            : new DataSpec.Source.Csv(DataFields.CSV.read(at));
    String column =
        DataFields.TARGET
            .optional(at)
            .or(() -> set.map(BuiltInSet::target))
            .orElseGet(() -> DataFields.TARGET.read(at));
    List<String> columns = DataFields.COLUMNS.read(at);
    if (columns.contains(column)) {
      throw SpecErrors.wrong(
          at.where() + ".columns",
          "the target '" + column + "'",
          "other columns only",
          "take it out of the columns");
    }
    List<String> names = DataFields.CLASS_NAMES.read(at);
    boolean known = set.isPresent() && column.equals(set.get().target());
    return new DataSpec(
        source,
        column,
        columns,
        new ColumnOptions(
            DataFields.ONE_HOT.read(at),
            DataFields.MISSING.read(at),
            DataFields.UNSEEN.read(at),
            DataFields.DATES.read(at),
            DataFields.MOST_CATEGORIES.read(at)),
        names.isEmpty() && known ? set.get().classNames() : names,
        known && at.optional(DataFields.TASK.name()).isEmpty()
            ? set.get().isOfClasses() ? TargetKind.CLASSIFICATION : TargetKind.REGRESSION
            : DataFields.TASK.read(at),
        DataFields.TARGET_SCALING.read(at),
        new CsvFormat(DataFields.DELIMITER.read(at), DataFields.DECIMAL.read(at)),
        DataFields.STORAGE.read(at)
            ? new DataSpec.Storage.Disk(DataFields.PORTION.read(at))
            : new DataSpec.Storage.Memory());
  }

  /** Rows on disk cannot be had all at once, nor dealt anew. */
  private void checkStorage(TrainingSpec spec) {
    if (spec.data().storage() instanceof DataSpec.Storage.Memory) {
      return;
    }
    boolean builtIn = spec.data().source() instanceof DataSpec.Source.BuiltIn;
    String wrong =
        builtIn
            ? "a set that ships with the project, which is small"
            : spec.model() instanceof ModelSpec.Perceptron
                ? "a perceptron, whose every update is compared with its rule"
                : spec.batch().isEmpty()
                    ? "steps on all rows at once, by \"batch\": \"all\""
                    : spec.split().folds() > 0 ? "folds, which deal the rows again" : "";
    if (!wrong.isEmpty()) {
      throw SpecErrors.wrong(
          root.where() + ".data.storage",
          "'disk' with " + wrong,
          "'memory' with that",
          "change the one or the other");
    }
  }

  private static SplitSpec split(JsonCursor at) {
    at.object(SpecFields.names("split"));
    return new SplitSpec(DataFields.TEST_FRACTION.read(at), DataFields.FOLDS.read(at));
  }

  private static Standardisation standardisation(JsonCursor at) {
    if (at.node().isObject()) {
      at.object(SpecFields.names("standardisation"));
      DataFields.DIVIDE.read(at);
      return new Standardisation.Divide(DataFields.BY.read(at));
    }
    return at.oneOf(
        ImmutableMap.of(
            "none", new Standardisation.None(),
            "standard", new Standardisation.MeanDeviation(),
            "min_max", new Standardisation.MinMax()));
  }

  private static ModelSpec model(JsonCursor at) {
    if (!at.node().isObject()) {
      throw at.wrong(ModelFields.MODEL.kind().takes());
    }
    ModelFields.Family family = ModelFields.FAMILY.read(at);
    at.object(SpecFields.ofModel(at.required("family", "a family").text("a family")));
    return switch (family) {
      case LINEAR -> new ModelSpec.Linear(ModelFields.DEGREE.read(at), initialiser(at, "zeros"));
      case LOGISTIC ->
          new ModelSpec.Logistic(ModelFields.DEGREE.read(at), initialiser(at, "zeros"));
      case SOFTMAX ->
          new ModelSpec.Softmax(
              ModelFields.PARAMETRISATION.read(at),
              ModelFields.DEGREE.read(at),
              initialiser(at, "zeros"));
      case MLP -> new ModelSpec.Mlp(layers(ModelFields.LAYERS.read(at)), initialiser(at, "glorot"));
      case PERCEPTRON ->
          new ModelSpec.Perceptron(ModelFields.PERCEPTRON_RATE.read(at), initialiser(at, "zeros"));
    };
  }

  private static Choice initialiser(JsonCursor at, String otherwise) {
    return ModelFields.INITIALISER.optional(at).orElse(Choice.of(otherwise));
  }

  private static List<ModelSpec.Layer> layers(List<JsonCursor> all) {
    List<ModelSpec.Layer> layers = all.stream().map(SpecParts::layer).collect(toImmutableList());
    ModelSpec.Layer last = layers.getLast();
    if (last.normalisation() != Normalisation.NONE || last.dropout() > 0) {
      throw SpecErrors.wrong(
          all.getLast().where(),
          "normalisation or dropout",
          "neither in the last layer, which the loss looks at",
          "leave them out there");
    }
    return layers;
  }

  private static ModelSpec.Layer layer(JsonCursor at) {
    at.object(SpecFields.names("model.layers[]"));
    return new ModelSpec.Layer(
        ModelFields.UNITS.read(at),
        ModelFields.ACTIVATION.read(at),
        ModelFields.NORMALISATION.read(at),
        ModelFields.DROPOUT.read(at));
  }

  private static LossSpec loss(Choice function, JsonCursor at, TargetKind task) {
    Optional<JsonCursor> weights = at.optional(ModelFields.CLASS_WEIGHTS.name());
    if (weights.isPresent() && task == TargetKind.REGRESSION) {
      throw SpecErrors.wrong(
          weights.get().where(),
          "weights of classes",
          "none for a target of numbers",
          "leave them out");
    }
    return new LossSpec(
        function,
        ModelFields.L1.read(at),
        ModelFields.L2.read(at),
        ModelFields.CLASS_WEIGHTS.optional(at));
  }

  private static OptimizerSpec optimizer(Choice rule, JsonCursor at) {
    return new OptimizerSpec(
        rule,
        ModelFields.LEARNING_RATE.read(at),
        ModelFields.SCHEDULE.optional(at),
        ModelFields.CLIPPING.optional(at).map(SpecParts::clipping));
  }

  private static OptimizerSpec.Clipping clipping(JsonCursor at) {
    at.object(SpecFields.names("optimizer.clipping"));
    Optional<JsonCursor> value = at.optional(ModelFields.CLIP_VALUE.name());
    Optional<JsonCursor> norm = at.optional(ModelFields.CLIP_NORM.name());
    if (value.isPresent() == norm.isPresent()) {
      throw SpecErrors.wrong(
          at.where(),
          value.isPresent() ? "both 'value' and 'globalNorm'" : "neither 'value' nor 'globalNorm'",
          "one of the two",
          "clip either by value or by global norm");
    }
    return value.isPresent()
        ? new OptimizerSpec.Clipping.ByValue(ModelFields.CLIP_VALUE.read(at))
        : new OptimizerSpec.Clipping.ByGlobalNorm(ModelFields.CLIP_NORM.read(at));
  }

  /** So many rows; 0 stands for all. */
  private static OptionalInt rows(int count) {
    return count == 0 ? OptionalInt.empty() : OptionalInt.of(count);
  }
}
