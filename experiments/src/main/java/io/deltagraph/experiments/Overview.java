package io.deltagraph.experiments;

import com.google.common.collect.ImmutableList;
import io.deltagraph.data.BuiltInSet;
import io.deltagraph.data.Targets;
import io.deltagraph.experiments.spec.DataSpec;
import io.deltagraph.experiments.spec.LossSpec;
import io.deltagraph.experiments.spec.ModelSpec;
import io.deltagraph.experiments.spec.OptimizerSpec;
import io.deltagraph.models.Layer;
import io.deltagraph.models.LayerPlan;
import io.deltagraph.models.Network;
import io.deltagraph.models.OpChoice;
import java.util.List;

/** What an experiment's data and net are, in numbers and words. */
final class Overview {
  private Overview() {}

  static RunReport.Data data(Experiment experiment) {
    List<String> classes =
        switch (experiment.training().target()) {
          case Targets.Classes known -> known.names();
          case Targets.Numbers numbers -> ImmutableList.of();
        };
    return new RunReport.Data(
        switch (experiment.spec().data().source()) {
          case DataSpec.Source.BuiltIn(BuiltInSet set) -> set.id();
          case DataSpec.Source.Csv(String path) -> path;
        },
        experiment.preparation().outcome().column(),
        experiment.preparation().scaling().names(),
        classes,
        experiment.split().train().size(),
        experiment.split().test().size(),
        experiment.split().note(),
        experiment.taken());
  }

  static RunReport.Net net(Experiment experiment, Network network) {
    ImmutableList.Builder<RunReport.NetLayer> layers = ImmutableList.builder();
    int inputs = experiment.plan().features();
    for (Layer layer : network.layers()) {
      LayerPlan plan = layer.plan();
      layers.add(
          new RunReport.NetLayer(
              plan.activation(), inputs, plan.units(), parameters(network, layer)));
      inputs = plan.units();
    }
    return new RunReport.Net(
        family(experiment.spec().model()),
        layers.build(),
        network.parameterCount(),
        loss(experiment),
        experiment.spec().optimizer().map(Overview::optimizer).orElse("the perceptron's own rule"));
  }

  /** Weights, biases and what the activation has besides. */
  private static int parameters(Network network, Layer layer) {
    return network.parameters().stream()
        .filter(parameter -> parameter.label().startsWith(layer.name() + "."))
        .mapToInt(parameter -> parameter.shape().elements())
        .sum();
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
    String text = experiment.plan().loss().words();
    LossSpec loss = experiment.spec().loss().orElse(null);
    if (loss == null) {
      return "none; errors are counted by " + text;
    }
    return text
        + (loss.l2() > 0 ? ", L2 penalty " + loss.l2() : "")
        + (loss.l1() > 0 ? ", L1 penalty " + loss.l1() : "")
        + (loss.weighting().isPresent() ? ", rows weighted by class" : "");
  }

  private static String optimizer(OptimizerSpec optimizer) {
    return new OpChoice(optimizer.rule().name(), optimizer.rule().plain()).words()
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
}
