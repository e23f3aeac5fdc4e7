package io.deltagraph.models.experiment;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.deltagraph.models.data.InputException;
import io.deltagraph.models.network.Initialiser;
import io.deltagraph.models.network.LayerPlan;
import io.deltagraph.models.network.NetworkPlan;
import io.deltagraph.models.network.OpChoice;
import io.deltagraph.models.spec.Choice;
import io.deltagraph.models.spec.LossSpec;
import io.deltagraph.models.spec.ModelSpec;
import io.deltagraph.models.spec.Setting;
import io.deltagraph.models.spec.TrainingSpec;

/** Turns the model of a spec into the plan of a net. */
final class Plans {
  private Plans() {}

  static NetworkPlan of(TrainingSpec spec, int features, int classes) {
    NetworkPlan plan =
        switch (spec.model()) {
          case ModelSpec.Linear linear -> NetworkPlan.linearRegression(features, spec.dtype());
          case ModelSpec.Logistic logistic ->
              NetworkPlan.logisticRegression(features, spec.dtype());
          case ModelSpec.Softmax softmax ->
              switch (softmax.parametrisation()) {
                case FULL -> NetworkPlan.softmaxRegression(features, classes, spec.dtype());
                case REDUCED ->
                    NetworkPlan.reducedSoftmaxRegression(features, classes, spec.dtype());
              };
          case ModelSpec.Perceptron perceptron -> NetworkPlan.perceptron(features, spec.dtype());
          case ModelSpec.Mlp mlp -> mlp(mlp, spec, features);
        };
    return plan.initialised(initialiser(spec.model().initialiser(), spec.name()))
        .costing(
            spec.loss().map(loss -> choice(loss.function())).orElse(plan.loss()),
            spec.loss().map(LossSpec::l2).orElse(0.0),
            spec.loss().map(LossSpec::l1).orElse(0.0));
  }

  private static NetworkPlan mlp(ModelSpec.Mlp mlp, TrainingSpec spec, int features) {
    Initialiser initialiser = initialiser(mlp.initialiser(), spec.name());
    ImmutableList<LayerPlan> layers =
        mlp.layers().stream()
            .map(layer -> new LayerPlan(layer.units(), choice(layer.activation()), initialiser))
            .collect(ImmutableList.toImmutableList());
    OpChoice loss = choice(spec.loss().orElseThrow().function());
    return new NetworkPlan(features, layers, false, loss, 0, 0, spec.dtype());
  }

  static OpChoice choice(Choice choice) {
    ImmutableMap.Builder<String, Object> attributes = ImmutableMap.builder();
    choice.options().forEach((name, setting) -> attributes.put(name, plain(setting)));
    return new OpChoice(choice.name(), attributes.buildOrThrow());
  }

  /** Whole numbers become integers, which attributes of both kinds take. */
  private static Object plain(Setting setting) {
    return switch (setting) {
      case Setting.Numeric(double value) ->
          value == Math.rint(value) && Math.abs(value) < Integer.MAX_VALUE
              ? (Object) (int) value
              : value;
      case Setting.Flag(boolean value) -> value;
      case Setting.Word(String value) -> value;
    };
  }

  private static Initialiser initialiser(Choice choice, String spec) {
    double range =
        choice.options().get("range") instanceof Setting.Numeric(double value) ? value : 0.5;
    return switch (choice.name()) {
      case "zeros" -> new Initialiser.Zeros();
      case "normal" -> new Initialiser.NormalFanIn();
      case "glorot" -> new Initialiser.Glorot();
      case "he" -> new Initialiser.He();
      case "uniform" -> new Initialiser.Uniform(-range, range);
      case "uniform01" -> new Initialiser.Uniform(0, 1);
      default ->
          throw new InputException(
              spec + ", $.model.initialiser",
              "'" + choice.name() + "'",
              "zeros, normal, glorot, he, uniform (with a range) or uniform01",
              "choose one of them");
    };
  }
}
