package io.deltagraph.experiments;

import io.deltagraph.experiments.spec.ModelSpec;
import io.deltagraph.experiments.spec.TrainingSpec;
import io.deltagraph.models.Network;
import io.deltagraph.random.Seeds;
import io.deltagraph.training.Trainer;
import io.deltagraph.training.TrainingOptions;

/** The trainer that a spec asks for, and how it is to train. */
public final class Trainers {
  private Trainers() {}

  /**
   * By gradients under the spec's optimizer, or by the perceptron's own rule; once per net.
   *
   * @throws io.deltagraph.data.InputException for an optimizer or an option that does not exist
   */
  public static Trainer of(TrainingSpec spec, Network network) {
    return switch (spec.model()) {
      case ModelSpec.Perceptron perceptron ->
          Trainer.byPerceptronRule(network, perceptron.learningRate());
      case ModelSpec.Linear ignored -> byGradient(spec, network);
      case ModelSpec.Logistic ignored -> byGradient(spec, network);
      case ModelSpec.Softmax ignored -> byGradient(spec, network);
      case ModelSpec.Mlp ignored -> byGradient(spec, network);
    };
  }

  /** How long and in what portions a spec trains. */
  public static TrainingOptions options(TrainingSpec spec) {
    return new TrainingOptions(
        spec.epochs(), spec.batch(), spec.stopBelow(), Seeds.of(spec.seed()), spec.threads());
  }

  private static Trainer byGradient(TrainingSpec spec, Network network) {
    return Trainer.byGradient(
        network, OptimizerPlans.of(spec.optimizer().orElseThrow(), spec.name()));
  }
}
