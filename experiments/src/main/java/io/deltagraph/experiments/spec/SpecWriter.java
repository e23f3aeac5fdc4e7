package io.deltagraph.experiments.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableMap;
import io.deltagraph.data.ColumnOptions;
import io.deltagraph.data.MissingRules;
import io.deltagraph.data.Standardisation;
import io.deltagraph.data.metrics.Metric;
import io.deltagraph.training.Stopping;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes specs as JSON that {@link SpecReader} reads back as equal records. */
public final class SpecWriter {
  private SpecWriter() {}

  /** Returns the spec as JSON, every field written out, in a fixed order; the name is left out. */
  public static String toJson(TrainingSpec spec) {
    return tree(spec).toPrettyString();
  }

  /** Each field at the top of the spec as JSON, by its name. */
  public static Map<String, String> fields(TrainingSpec spec) {
    ImmutableMap.Builder<String, String> fields = ImmutableMap.builder();
    tree(spec)
        .properties()
        .forEach(field -> fields.put(field.getKey(), field.getValue().toString()));
    return fields.buildOrThrow();
  }

  private static ObjectNode tree(TrainingSpec spec) {
    ObjectNode out = object();
    out.put("version", SpecFields.VERSION_NOW);
    out.set("data", data(spec.data()));
    ObjectNode split = out.putObject("split").put("testFraction", spec.split().testFraction());
    if (spec.split().folds() == 0) {
      split.put("folds", "none");
    } else {
      split.put("folds", spec.split().folds());
    }
    out.set("standardisation", standardisation(spec.standardisation()));
    out.set("model", model(spec.model()));
    spec.loss().ifPresent(loss -> out.set("loss", loss(loss)));
    spec.optimizer().ifPresent(optimizer -> out.set("optimizer", optimizer(optimizer)));
    out.put("epochs", spec.epochs());
    spec.batch().ifPresentOrElse(rows -> out.put("batch", rows), () -> out.put("batch", "all"));
    spec.stopBelow().ifPresent(loss -> out.put("stopBelow", loss));
    Stopping stopping = spec.stopping();
    if (!stopping.equals(Stopping.NEVER)) {
      out.put("validation", stopping.validation());
      stopping.patience().ifPresent(epochs -> out.put("patience", epochs));
      out.put("minDelta", stopping.minDelta());
      stopping.timeLimit().ifPresent(limit -> out.put("timeLimit", limit.toNanos() * 1e-9));
    }
    if (!spec.metrics().isEmpty()) {
      texts(out.putArray("metrics"), spec.metrics().stream().map(Metric::id).toList());
    }
    out.put("seed", spec.seed());
    out.put("dtype", key(SpecFields.DTYPES, spec.dtype()));
    return out.put("threads", spec.threads());
  }

  private static JsonNode data(DataSpec data) {
    ObjectNode out = object();
    switch (data.source()) {
      case DataSpec.Source.BuiltIn(var set) -> out.put("builtIn", set.id());
      case DataSpec.Source.Csv(String path) -> out.put("csv", path);
    }
    out.put("target", data.target());
    out.put("task", key(DataFields.TASKS, data.task()));
    texts(out.putArray("columns"), data.columns());
    ColumnOptions options = data.options();
    texts(out.putArray("oneHot"), options.oneHot());
    out.set("missing", missing(options.missing()));
    out.put("unseen", options.unseenAsZeros() ? "zeros" : "refuse");
    out.put("dates", options.dateParts() ? "parts" : "days");
    out.put("mostCategories", options.mostCategories());
    out.put("delimiter", key(DataFields.DELIMITERS, data.format().separator()));
    out.put("decimal", key(DataFields.DECIMALS, data.format().decimal()));
    out.put("targetScaling", data.scalesTarget() ? "standard" : "none");
    texts(out.putArray("classNames"), data.classNames());
    switch (data.storage()) {
      case DataSpec.Storage.Memory ignored -> {}
      case DataSpec.Storage.Disk(int portion) -> {
        out.put("storage", key(DataFields.STORAGES, true));
        if (portion > 0) {
          out.put("portion", portion);
        }
      }
    }
    return out;
  }

  private static JsonNode missing(MissingRules rules) {
    if (rules.named().isEmpty()) {
      return JsonNodeFactory.instance.textNode(key(DataFields.MISSING_RULES, rules.others()));
    }
    ObjectNode out = object();
    new TreeMap<>(rules.named())
        .forEach((column, rule) -> out.put(column, key(DataFields.MISSING_RULES, rule)));
    return out;
  }

  private static void texts(ArrayNode out, List<String> texts) {
    texts.forEach(out::add);
  }

  private static JsonNode standardisation(Standardisation standardisation) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    return switch (standardisation) {
      case Standardisation.None() -> json.textNode("none");
      case Standardisation.MeanDeviation() -> json.textNode("standard");
      case Standardisation.MinMax() -> json.textNode("min_max");
      case Standardisation.Divide(double by) -> object().put("name", "divide").put("by", by);
    };
  }

  private static JsonNode model(ModelSpec model) {
    ObjectNode out = object();
    switch (model) {
      case ModelSpec.Linear linear -> out.put("family", "linear").put("degree", linear.degree());
      case ModelSpec.Logistic logistic ->
          out.put("family", "logistic").put("degree", logistic.degree());
      case ModelSpec.Softmax softmax ->
          out.put("family", "softmax")
              .put("parametrisation", key(ModelFields.PARAMETRISATIONS, softmax.parametrisation()))
              .put("degree", softmax.degree());
      case ModelSpec.Mlp mlp -> {
        ArrayNode layers = out.put("family", "mlp").putArray("layers");
        for (ModelSpec.Layer layer : mlp.layers()) {
          ObjectNode written = layers.addObject().put("units", layer.units());
          written.set("activation", choice(layer.activation()));
          written
              .put("normalisation", key(ModelFields.NORMALISATIONS, layer.normalisation()))
              .put("dropout", layer.dropout());
        }
      }
      case ModelSpec.Perceptron perceptron ->
          out.put("family", "perceptron").put("learningRate", perceptron.learningRate());
    }
    out.set("initialiser", choice(model.initialiser()));
    return out;
  }

  private static JsonNode loss(LossSpec loss) {
    ObjectNode out = choice(loss.function()).put("l1", loss.l1()).put("l2", loss.l2());
    loss.weighting()
        .ifPresent(weighting -> {
          switch (weighting) {
            case LossSpec.Weighting.Balanced() -> out.put("classWeights", "balanced");
            case LossSpec.Weighting.Given(Map<String, Double> given) -> {
              ObjectNode weights = out.putObject("classWeights");
              new TreeMap<>(given).forEach(weights::put);
            }
          }
        });
    return out;
  }

  private static JsonNode optimizer(OptimizerSpec optimizer) {
    ObjectNode out = choice(optimizer.rule()).put("learningRate", optimizer.learningRate());
    optimizer.schedule().ifPresent(schedule -> out.set("schedule", choice(schedule)));
    optimizer
        .clipping()
        .ifPresent(clipping -> {
          switch (clipping) {
            case OptimizerSpec.Clipping.ByValue(double limit) ->
                out.putObject("clipping").put("value", limit);
            case OptimizerSpec.Clipping.ByGlobalNorm(double limit) ->
                out.putObject("clipping").put("globalNorm", limit);
          }
        });
    return out;
  }

  private static ObjectNode choice(Choice choice) {
    ObjectNode out = object().put("name", choice.name());
    choice
        .options()
        .forEach((name, setting) -> {
          switch (setting) {
            case Setting.Numeric(double value) -> out.put(name, value);
            case Setting.Flag(boolean value) -> out.put(name, value);
            case Setting.Word(String value) -> out.put(name, value);
          }
        });
    return out;
  }

  private static <T> String key(Map<String, T> names, T value) {
    return names.entrySet().stream()
        .filter(entry -> entry.getValue().equals(value))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(value + " cannot be written in a spec"));
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
