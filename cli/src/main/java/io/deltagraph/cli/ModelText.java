package io.deltagraph.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltagraph.data.Target;
import io.deltagraph.data.metrics.TextTable;
import io.deltagraph.experiments.Experiment;
import io.deltagraph.experiments.spec.LossSpec;
import io.deltagraph.experiments.spec.ModelSpec;
import io.deltagraph.experiments.spec.OptimizerSpec;
import io.deltagraph.experiments.spec.TrainingSpec;
import io.deltagraph.models.Layer;
import io.deltagraph.models.Network;
import java.util.Locale;
import java.util.Map;

/** A model and its data in words and as JSON. */
final class ModelText {
  private ModelText() {}

  static String of(Experiment experiment, Network network) {
    TrainingSpec spec = experiment.spec();
    TextTable table =
        TextTable.of("layer", "activation", "in", "out", "weights", "biases", "parameters");
    int fanIn = experiment.plan().features();
    int number = 0;
    for (Layer layer : network.layers()) {
      int units = layer.plan().units();
      int parameters = parameters(network, layer);
      table.row(
          Integer.toString(++number),
          choice(layer.plan().activation().op(), layer.plan().activation().attributes()),
          Integer.toString(fanIn),
          Integer.toString(units),
          String.format(Locale.ROOT, "%d × %d", units, fanIn),
          Integer.toString(units),
          String.format(Locale.ROOT, "%,d", parameters));
      fanIn = units;
    }
    table.row(
        "total", "", "", "", "", "", String.format(Locale.ROOT, "%,d", network.parameterCount()));
    return spec.name()
        + ": "
        + family(spec.model())
        + " in "
        + spec.dtype().text()
        + ", seed "
        + spec.seed()
        + "\n\n"
        + table.text()
        + "\nloss       "
        + loss(experiment)
        + "\noptimizer  "
        + spec.optimizer().map(ModelText::optimizer).orElse("the perceptron's own rule")
        + "\ntraining   "
        + training(spec)
        + "\ndata       "
        + data(experiment);
  }

  /** Weights, biases and what the activation has besides. */
  private static int parameters(Network network, Layer layer) {
    return network.parameters().stream()
        .filter(parameter -> parameter.label().startsWith(layer.name() + "."))
        .mapToInt(parameter -> parameter.shape().elements())
        .sum();
  }

  private static String choice(String name, Map<String, Object> options) {
    StringBuilder text = new StringBuilder(name);
    options.forEach((option, value) -> text.append(", ").append(option).append(' ').append(value));
    return text.toString();
  }

  private static String family(ModelSpec model) {
    return switch (model) {
      case ModelSpec.Linear linear -> "linear regression" + degree(linear.degree());
      case ModelSpec.Logistic logistic -> "logistic regression" + degree(logistic.degree());
      case ModelSpec.Softmax softmax ->
          "softmax regression"
              + switch (softmax.parametrisation()) {
                case FULL -> "";
                case REDUCED -> " with K − 1 parameter vectors";
              }
              + degree(softmax.degree());
      case ModelSpec.Mlp ignored -> "a multilayer perceptron";
      case ModelSpec.Perceptron ignored -> "a perceptron";
    };
  }

  private static String degree(int degree) {
    return degree == 1 ? "" : " on products of features up to degree " + degree;
  }

  private static String loss(Experiment experiment) {
    String text = choice(experiment.plan().loss().op(), experiment.plan().loss().attributes());
    LossSpec loss = experiment.spec().loss().orElse(null);
    if (loss == null) {
      return "none; errors are counted by " + text;
    }
    return text
        + (loss.l2() > 0 ? ", L2 penalty " + loss.l2() : "")
        + (loss.l1() > 0 ? ", L1 penalty " + loss.l1() : "");
  }

  private static String optimizer(OptimizerSpec optimizer) {
    return choice(optimizer.rule().name(), optimizer.rule().plain())
        + ", learning rate "
        + optimizer.learningRate()
        + optimizer.schedule().map(schedule -> ", schedule " + schedule.name()).orElse("")
        + optimizer
            .clipping()
            .map(clipping ->
                switch (clipping) {
                  case OptimizerSpec.Clipping.ByValue(double limit) ->
                      ", gradients cut to ±" + limit;
                  case OptimizerSpec.Clipping.ByGlobalNorm(double limit) ->
                      ", gradients cut to norm " + limit;
                })
            .orElse("");
  }

  private static String training(TrainingSpec spec) {
    return "up to "
        + spec.epochs()
        + " epochs, "
        + (spec.batch().isPresent()
            ? "batches of " + spec.batch().getAsInt()
            : "all rows in one batch")
        + (spec.stopBelow().isPresent()
            ? ", until the loss is below " + spec.stopBelow().getAsDouble()
            : "");
  }

  private static String data(Experiment experiment) {
    int training = experiment.split().train().size();
    int held = experiment.split().test().size();
    String predicted =
        switch (experiment.training().target()) {
          case Target.Classes classes -> classes.names().size() + " classes";
          case Target.Numbers numbers -> "a number";
        };
    return String.format(
        Locale.ROOT,
        "%,d rows, %d features, %s\nsplit      %s",
        training + held,
        experiment.plan().features(),
        predicted,
        experiment.split().note());
  }

  static ObjectNode json(Experiment experiment, Network network) {
    ObjectNode json = Json.object();
    ArrayNode layers = json.putArray("layers");
    int fanIn = experiment.plan().features();
    for (Layer layer : network.layers()) {
      layers
          .addObject()
          .put("activation", layer.plan().activation().op())
          .put("inputs", fanIn)
          .put("units", layer.plan().units())
          .put("parameters", parameters(network, layer));
      fanIn = layer.plan().units();
    }
    json.put("parameters", network.parameterCount());
    json.putObject("rows")
        .put("training", experiment.split().train().size())
        .put("heldOut", experiment.split().test().size());
    return json;
  }
}
