package io.deltagraph.cli;

import io.deltagraph.models.experiment.OptimizerPlans;
import io.deltagraph.models.network.Network;
import io.deltagraph.models.spec.ModelSpec;
import io.deltagraph.models.spec.TrainingSpec;
import io.deltagraph.models.training.Trainer;

/** The trainer that a spec asks for. */
final class Trainers {
  private Trainers() {}

  static Trainer of(TrainingSpec spec, Network network) {
    return switch (spec.model()) {
      case ModelSpec.Perceptron perceptron ->
          Trainer.byPerceptronRule(network, perceptron.learningRate());
      case ModelSpec.Linear ignored -> byGradient(spec, network);
      case ModelSpec.Logistic ignored -> byGradient(spec, network);
      case ModelSpec.Softmax ignored -> byGradient(spec, network);
      case ModelSpec.Mlp ignored -> byGradient(spec, network);
    };
  }

  private static Trainer byGradient(TrainingSpec spec, Network network) {
    return Trainer.byGradient(
        network, OptimizerPlans.of(spec.optimizer().orElseThrow(), spec.name()));
  }
}
