package io.deltagraph.models.experiment;

import io.deltagraph.models.network.Network;
import io.deltagraph.models.spec.ModelSpec;
import io.deltagraph.models.spec.TrainingSpec;
import io.deltagraph.models.training.Trainer;

/** The trainer that a spec asks for. */
public final class Trainers {
  private Trainers() {}

  /**
   * By gradients under the spec's optimizer, or by the perceptron's own rule; once per net.
   *
   * @throws io.deltagraph.models.data.InputException for an optimizer or an option that does not
   *     exist
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

  private static Trainer byGradient(TrainingSpec spec, Network network) {
    return Trainer.byGradient(
        network, OptimizerPlans.of(spec.optimizer().orElseThrow(), spec.name()));
  }
}
