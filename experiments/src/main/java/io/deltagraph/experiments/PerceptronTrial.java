package io.deltagraph.experiments;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import io.deltagraph.data.Targets;
import io.deltagraph.graph.OpLookup;
import io.deltagraph.models.Network;
import io.deltagraph.models.NetworkPlan;
import io.deltagraph.random.Seeds;
import io.deltagraph.runtime.BoundSession;
import io.deltagraph.runtime.Session;
import io.deltagraph.serving.TargetForm;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.tensor.TensorReader;
import io.deltagraph.training.Samples;
import io.deltagraph.training.Trainer;
import io.deltagraph.training.TrainingListener;
import io.deltagraph.training.TrainingOptions;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * What a single perceptron by its own rule makes of the training rows of an experiment with two
 * classes; on exclusive or it must fail, since no line separates the classes (000 §2.1).
 *
 * @param rows how many there are
 * @param wrong how many rows are wrong after each epoch
 */
public record PerceptronTrial(int rows, List<Integer> wrong) {
  public PerceptronTrial {
    wrong = ImmutableIntArray.copyOf(wrong).asList();
  }

  /** Trains for that many epochs at learning rate 1, a row a step. */
  public static PerceptronTrial of(Experiment experiment, OpLookup ops, int epochs) {
    if (!(experiment.training().target() instanceof Targets.Classes classes)
        || classes.names().size() != 2) {
      throw new IllegalArgumentException("A perceptron tells two classes apart.");
    }
    Tensor inputs = experiment.training().samples().inputs();
    NetworkPlan plan =
        NetworkPlan.perceptron(experiment.plan().features(), experiment.plan().dtype());
    Seeds seeds = Seeds.of(experiment.spec().seed());
    Network network = Network.build(plan, ops, seeds);
    Tensor targets = TargetForm.BITS.encode(classes, plan.dtype());
    ImmutableList.Builder<Integer> wrong = ImmutableList.builder();
    try (Session session = Session.open(network.prediction())) {
      network.initial().forEach((parameter, value) -> session.set(parameter.label(), value));
      BoundSession predicting = session.bind(Map.of(network.inputs().label(), inputs));
      TensorReader outputs = predicting.reader(Network.OUTPUTS);
      TrainingListener counter =
          new TrainingListener() {
            @Override
            public void epochEnded(
                int epoch, double loss, Supplier<Map<String, Tensor>> parameters) {
              session.setAll(parameters.get());
              predicting.run();
              int count = 0;
              for (int i = 0; i < targets.length(); i++) {
                count += outputs.get(i) == targets.get(i) ? 0 : 1;
              }
              wrong.add(count);
            }
          };
      Trainer.byPerceptronRule(network, 1)
          .options(new TrainingOptions(epochs, OptionalInt.of(1), OptionalDouble.empty(), seeds, 1))
          .listener(counter)
          .fit(new Samples(inputs, targets));
    }
    return new PerceptronTrial(targets.length(), wrong.build());
  }

  /** The fewest rows that were wrong after an epoch. */
  public int fewestWrong() {
    return wrong.stream().mapToInt(Integer::intValue).min().orElse(rows);
  }
}
