package io.deltagraph.experiments.spec;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.deltagraph.data.BuiltInSet;
import io.deltagraph.data.Standardisation;
import io.deltagraph.type.DType;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Turns the JSON of a spec into its records, part by part. */
final class SpecParts {
  static final int VERSION = 1;
  static final ImmutableMap<String, DType> DTYPES =
      ImmutableMap.of("f32", DType.F32, "f64", DType.F64);
  static final ImmutableMap<String, TargetKind> TASKS =
      ImmutableMap.of(
          "classification", TargetKind.CLASSIFICATION, "regression", TargetKind.REGRESSION);
  static final ImmutableMap<String, ModelSpec.Parametrisation> PARAMETRISATIONS =
      ImmutableMap.of(
          "full", ModelSpec.Parametrisation.FULL, "reduced", ModelSpec.Parametrisation.REDUCED);
  private static final int MOST_COLUMNS = 16_384;
  private static final int MOST_LAYERS = 64;
  private static final int WIDEST = 65_536;
  private static final int HIGHEST_DEGREE = 20;
  private static final int MOST_EPOCHS = 10_000_000;
  private static final int MOST_ROWS = 5_000_000;
  private static final int MOST_THREADS = 256;

  private final JsonCursor root;

  SpecParts(JsonCursor root) {
    this.root = root;
  }

  private enum Family {
    LINEAR,
    LOGISTIC,
    SOFTMAX,
    MLP,
    PERCEPTRON
  }

  private static final ImmutableMap<String, Family> FAMILIES =
      ImmutableMap.of(
          "linear", Family.LINEAR,
          "logistic", Family.LOGISTIC,
          "softmax", Family.SOFTMAX,
          "mlp", Family.MLP,
          "perceptron", Family.PERCEPTRON);

  TrainingSpec spec(String name) {
    root.object(
        "version",
        "data",
        "split",
        "standardisation",
        "model",
        "loss",
        "optimizer",
        "epochs",
        "batch",
        "stopBelow",
        "seed",
        "dtype",
        "threads");
    root.optional("version").ifPresent(v -> v.integer(VERSION, VERSION, "the version 1"));
    DataSpec data = data(root.required("data", "an object that says which table to learn from"));
    ModelSpec model = model(root.required("model", "an object that says which model to train"));
    checkTask(data.task(), model);
    boolean ownRule = model instanceof ModelSpec.Perceptron;
    return new TrainingSpec(
        name,
        data,
        root.optional("split").map(SpecParts::split).orElse(new SplitSpec(0.2, 0)),
        root.optional("standardisation")
            .map(SpecParts::standardisation)
            .orElse(new Standardisation.MeanDeviation()),
        model,
        part("loss", "the name of a loss", ownRule).map(SpecParts::loss),
        part("optimizer", "an object that names an optimizer", ownRule).map(SpecParts::optimizer),
        root.required("epochs", "how many passes to make").count(1, MOST_EPOCHS),
        root.optional("batch").map(SpecParts::batch).orElse(OptionalInt.of(32)),
        root.optional("stopBelow")
            .map(c -> OptionalDouble.of(c.number(value -> true, "a finite number")))
            .orElse(OptionalDouble.empty()),
        root.optional("seed")
            .map(c -> c.integer(Long.MIN_VALUE, Long.MAX_VALUE, "a whole number of 64 bits"))
            .orElse(1L),
        root.optional("dtype").map(c -> c.oneOf(DTYPES)).orElse(DType.F32),
        root.optional("threads").map(c -> c.count(1, MOST_THREADS)).orElse(1));
  }

  /** A part that the perceptron's own rule replaces. */
  private Optional<JsonCursor> part(String field, String expected, boolean ownRule) {
    if (!ownRule) {
      return Optional.of(root.required(field, expected));
    }
    root.optional(field)
        .ifPresent(cursor -> {
          throw SpecErrors.wrong(
              cursor.where(),
              cursor.found(),
              "nothing beside the perceptron, which has its own rule",
              "delete the field or choose the family logistic or mlp");
        });
    return Optional.empty();
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
    at.object("builtIn", "csv", "target", "columns", "oneHot", "classNames", "task");
    Optional<JsonCursor> csv = at.optional("csv");
    Optional<JsonCursor> builtIn = at.optional("builtIn");
    if (csv.isPresent() == builtIn.isPresent()) {
      throw SpecErrors.wrong(
          at.where(),
          csv.isPresent() ? "both 'csv' and 'builtIn'" : "neither 'csv' nor 'builtIn'",
          "one of the two",
          "name either a CSV file or a built-in set");
    }
    Optional<BuiltInSet> set = builtIn.map(SpecParts::set);
    DataSpec.Source source =
        set.isPresent()
            ? new DataSpec.Source.BuiltIn(set.get())
            : new DataSpec.Source.Csv(
                at.required("csv", "the path of a CSV file").text("the path of a CSV file"));
    Optional<JsonCursor> target = at.optional("target");
    String column =
        target.isEmpty() && set.isPresent()
            ? set.get().target()
            : at.required("target", "the name of the column to predict")
                .text("the name of the column to predict");
    List<String> columns = texts(at, "columns", "a list of names of columns");
    if (columns.contains(column)) {
      throw SpecErrors.wrong(
          at.where() + ".columns",
          "the target '" + column + "'",
          "other columns only",
          "take it out of the columns");
    }
    List<String> names = texts(at, "classNames", "a list of names of classes");
    boolean known = set.isPresent() && column.equals(set.get().target());
    return new DataSpec(
        source,
        column,
        columns,
        texts(at, "oneHot", "a list of names of columns"),
        names.isEmpty() && known ? set.get().classNames() : names,
        known && at.optional("task").isEmpty()
            ? set.get().isOfClasses() ? TargetKind.CLASSIFICATION : TargetKind.REGRESSION
            : at.required("task", "'classification' or 'regression'").oneOf(TASKS));
  }

  private static BuiltInSet set(JsonCursor at) {
    ImmutableMap.Builder<String, BuiltInSet> known = ImmutableMap.builder();
    for (BuiltInSet set : BuiltInSet.values()) {
      known.put(set.id(), set);
    }
    return at.oneOf(known.buildOrThrow());
  }

  private static List<String> texts(JsonCursor at, String field, String expected) {
    return at.optional(field).map(c -> c.texts(MOST_COLUMNS, expected)).orElse(ImmutableList.of());
  }

  private static SplitSpec split(JsonCursor at) {
    at.object("testFraction", "folds");
    double fraction =
        at.optional("testFraction")
            .map(c -> c.number(value -> value >= 0 && value < 1, "a share from 0 to below 1"))
            .orElse(0.2);
    int folds =
        at.optional("folds")
            .map(c ->
                c.node().isTextual() && c.node().textValue().equals("none")
                    ? 0
                    : (int) c.integer(2, MOST_ROWS, "'none' or a whole number from 2"))
            .orElse(0);
    return new SplitSpec(fraction, folds);
  }

  private static Standardisation standardisation(JsonCursor at) {
    if (at.node().isObject()) {
      at.object("name", "by");
      at.required("name", "'divide'").oneOf(ImmutableMap.of("divide", true));
      return new Standardisation.Divide(
          at.required("by", "a number other than 0")
              .number(value -> value != 0, "a number other than 0"));
    }
    return at.oneOf(
        ImmutableMap.of(
            "none", new Standardisation.None(),
            "standard", new Standardisation.MeanDeviation(),
            "min_max", new Standardisation.MinMax()));
  }

  private static ModelSpec model(JsonCursor at) {
    if (!at.node().isObject()) {
      throw at.wrong("an object with a family");
    }
    return switch (at.required("family", "the name of a model family").oneOf(FAMILIES)) {
      case LINEAR -> {
        at.object("family", "degree", "initialiser");
        yield new ModelSpec.Linear(degree(at), initialiser(at, "zeros"));
      }
      case LOGISTIC -> {
        at.object("family", "degree", "initialiser");
        yield new ModelSpec.Logistic(degree(at), initialiser(at, "zeros"));
      }
      case SOFTMAX -> {
        at.object("family", "parametrisation", "degree", "initialiser");
        yield new ModelSpec.Softmax(
            at.optional("parametrisation")
                .map(c -> c.oneOf(PARAMETRISATIONS))
                .orElse(ModelSpec.Parametrisation.FULL),
            degree(at),
            initialiser(at, "zeros"));
      }
      case MLP -> {
        at.object("family", "layers", "initialiser");
        yield new ModelSpec.Mlp(
            at
                .required("layers", "a list of layers, the last being the output layer")
                .items(1, MOST_LAYERS, "a list of 1 to " + MOST_LAYERS + " layers")
                .stream()
                .map(SpecParts::layer)
                .collect(toImmutableList()),
            initialiser(at, "glorot"));
      }
      case PERCEPTRON -> {
        at.object("family", "learningRate", "initialiser");
        yield new ModelSpec.Perceptron(
            at.optional("learningRate").map(JsonCursor::above0).orElse(1.0),
            initialiser(at, "zeros"));
      }
    };
  }

  private static int degree(JsonCursor at) {
    return at.optional("degree").map(c -> c.count(1, HIGHEST_DEGREE)).orElse(1);
  }

  private static Choice initialiser(JsonCursor at, String otherwise) {
    return at.optional("initialiser")
        .map(c -> c.choice("an initialiser"))
        .orElse(Choice.of(otherwise));
  }

  private static ModelSpec.Layer layer(JsonCursor at) {
    at.object("units", "activation");
    return new ModelSpec.Layer(
        at.required("units", "the width of the layer").count(1, WIDEST),
        at.required("activation", "the name of an activation").choice("an activation"));
  }

  private static LossSpec loss(JsonCursor at) {
    return new LossSpec(
        at.choice("a loss", "l1", "l2"),
        at.optional("l1").map(JsonCursor::atLeast0).orElse(0.0),
        at.optional("l2").map(JsonCursor::atLeast0).orElse(0.0));
  }

  private static OptimizerSpec optimizer(JsonCursor at) {
    return new OptimizerSpec(
        at.choice("an optimizer", "learningRate", "schedule", "clipping"),
        at.required("learningRate", "a number above 0").above0(),
        at.optional("schedule").map(c -> c.choice("a schedule")),
        at.optional("clipping").map(SpecParts::clipping));
  }

  private static OptimizerSpec.Clipping clipping(JsonCursor at) {
    at.object("value", "globalNorm");
    Optional<JsonCursor> value = at.optional("value");
    Optional<JsonCursor> norm = at.optional("globalNorm");
    if (value.isPresent() == norm.isPresent()) {
      throw SpecErrors.wrong(
          at.where(),
          value.isPresent() ? "both 'value' and 'globalNorm'" : "neither 'value' nor 'globalNorm'",
          "one of the two",
          "clip either by value or by global norm");
    }
    return value.isPresent()
        ? new OptimizerSpec.Clipping.ByValue(value.get().above0())
        : new OptimizerSpec.Clipping.ByGlobalNorm(norm.orElseThrow().above0());
  }

  private static OptionalInt batch(JsonCursor at) {
    return at.node().isTextual() && at.node().textValue().equals("all")
        ? OptionalInt.empty()
        : OptionalInt.of((int) at.integer(1, MOST_ROWS, "'all' or a whole number from 1"));
  }
}
